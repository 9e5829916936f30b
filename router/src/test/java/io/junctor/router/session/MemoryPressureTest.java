package io.junctor.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryPressureTest {
    private final MemoryPressure pressure = new MemoryPressure(1_000);

    @Test
    void ceilingIsTheAverageWhileTogetherTheyHoldTooMuch() {
        pressure.outboxes(10);
        assertThat(pressure.ceilingBytes()).isEqualTo(Long.MAX_VALUE);

        pressure.add(1_010);
        assertThat(pressure.ceilingBytes()).isEqualTo(101);
        assertThat(pressure.isCritical()).isFalse();

        pressure.add(1_000);
        assertThat(pressure.isCritical()).isTrue();

        pressure.add(-1_010);
        assertThat(pressure.ceilingBytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void noOutboxesAreNoDivisionByZero() {
        pressure.outboxes(0);
        pressure.add(2_000);
        assertThat(pressure.ceilingBytes()).isEqualTo(2_000);
    }
}
