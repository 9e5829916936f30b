package io.junctor.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryPressureTest {
    private final MemoryPressure pressure = new MemoryPressure(1_000);

    @Test
    void ceilingIsTheAverageWhileTogetherTheyHoldTooMuch() {
        assertThat(pressure.eventCeilingBytes()).isEqualTo(Long.MAX_VALUE);

        pressure.measured(1_001, 10);
        assertThat(pressure.eventCeilingBytes()).isEqualTo(100);

        pressure.measured(1_000, 10);
        assertThat(pressure.eventCeilingBytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void noOutboxesAreNoDivisionByZero() {
        pressure.measured(2_000, 0);
        assertThat(pressure.eventCeilingBytes()).isEqualTo(2_000);
    }
}
