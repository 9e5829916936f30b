package io.junctor.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenOperationsTest {
    private final OpenOperations inFlight = new OpenOperations();

    @Test
    void answersMayComeInAnyOrder() {
        for (int i = 1; i <= 100; i++) {
            assertThat(inFlight.add(1000 + i, 1)).isEqualTo(i);
        }
        for (int i = 100; i >= 1; i--) {
            assertThat(inFlight.awaited(i)).isOne();
            assertThat(inFlight.dueNanos(i)).isEqualTo(1000 + i);
            inFlight.answered(i);
            assertThat(inFlight.awaited(i)).isZero();
        }
    }

    @Test
    void theOldestMayStayWhileManyPass() {
        inFlight.add(-5, 2);
        for (int i = 2; i <= 1000; i++) {
            inFlight.answered(inFlight.add(i, 1));
        }
        inFlight.answered(1);

        assertThat(inFlight.awaited(1)).isOne();
        assertThat(inFlight.dueNanos(1)).isEqualTo(-5);
        inFlight.drop(1);
        assertThat(inFlight.awaited(1)).isZero();
        assertThat(inFlight.awaited(1001)).isZero();
    }
}
