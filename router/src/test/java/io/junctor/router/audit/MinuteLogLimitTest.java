package io.junctor.router.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinuteLogLimitTest {
    private long nowNanos;
    private final MinuteLogLimit limit = new MinuteLogLimit(() -> nowNanos);

    // The time of the JVM may be negative, and overflow.
    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void theFirstLineOfAMinuteIsAdmitted(long startNanos) {
        nowNanos = startNanos;
        assertThat(limit.admits()).isTrue();
        assertThat(limit.admits()).isFalse();
        nowNanos = startNanos + Duration.ofMinutes(1).toNanos() - 1;
        assertThat(limit.admits()).isFalse();
        nowNanos++;
        assertThat(limit.admits()).isTrue();
    }

    @Test
    void refusedLinesDoNotProlongTheMinute() {
        int admitted = 0;
        for (int second = 0; second < 600; second++) {
            admitted += limit.admits() ? 1 : 0;
            nowNanos += Duration.ofSeconds(1).toNanos();
        }
        assertThat(admitted).isEqualTo(10);
    }
}
