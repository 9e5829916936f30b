package io.junctor.router.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryPressureTest {
    private final MemoryPressure pressure = new MemoryPressure(1_000);

    @Test
    void eventsLeaveRoomForInvocations() {
        pressure.outboxes(10);
        pressure.add(1_250);
        assertThat(pressure.isTooMuch(100, 1)).isTrue();
        assertThat(pressure.isTooMuchForInvocation(100, 1)).isFalse();
        pressure.add(1);
        assertThat(pressure.isTooMuchForInvocation(100, 1)).isTrue();
        assertThat(pressure.isTooMuchForInvocation(50, 50)).isFalse();
    }

    @Test
    void overTheLimitAnOutboxHasItsShareOrOneMessage() {
        pressure.outboxes(10);
        pressure.add(1_000);
        assertThat(pressure.isTooMuch(500, 500)).isFalse();

        pressure.add(1);
        assertThat(pressure.isTooMuch(50, 50)).as("the share").isFalse();
        assertThat(pressure.isTooMuch(50, 51)).as("more than the share").isTrue();
        assertThat(pressure.isTooMuch(0, 500)).as("one message").isFalse();

        pressure.add(500);
        assertThat(pressure.isCritical()).isTrue();
        assertThat(pressure.isTooMuch(0, 101)).as("no exception").isTrue();
        assertThat(pressure.isTooMuch(0, 100)).isFalse();

        pressure.add(-501);
        assertThat(pressure.isTooMuch(500, 500)).isFalse();
    }

    @Test
    void slowOutboxesAreBoundedTogetherHoweverManyThereAre() {
        int most = 0;
        long[] waiting = new long[100];
        pressure.outboxes(waiting.length);
        for (int event = 0; event < 10_000; event++) {
            int to = event % waiting.length;
            if (!pressure.isTooMuch(waiting[to], 90)) {
                waiting[to] += 90;
                pressure.add(90);
            }
            most = Math.max(most, (int) pressure.totalBytes());
        }
        assertThat(most).isLessThanOrEqualTo(1_500 + 90);
    }

    @Test
    void noOutboxesAreNoDivisionByZero() {
        pressure.outboxes(0);
        pressure.add(2_000);
        assertThat(pressure.isTooMuch(1_000, 0)).isFalse();
    }
}
