package io.junctor.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {
    // SES-16
    @Test
    void pausesGrowToTheLongestAndStartAgain() {
        Backoff backoff = new Backoff(100, 700, () -> 1);
        assertThat(backoff.pauseNanos()).isEqualTo(100);
        assertThat(backoff.pauseNanos()).isEqualTo(200);
        assertThat(backoff.pauseNanos()).isEqualTo(400);
        assertThat(backoff.pauseNanos()).isEqualTo(700);
        assertThat(backoff.pauseNanos()).isEqualTo(700);
        backoff.reset();
        assertThat(backoff.pauseNanos()).isEqualTo(100);
    }

    // SES-16
    @Test
    void aRandomPartOfUpToHalfIsSubtracted() {
        Backoff backoff = new Backoff(100, 100, () -> 0);
        assertThat(backoff.pauseNanos()).isEqualTo(50);
        Backoff usual = new Backoff(100, 100);
        for (int i = 0; i < 1000; i++) {
            assertThat(usual.pauseNanos()).isBetween(50L, 100L);
        }
    }
}
