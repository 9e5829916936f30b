package io.junctor.router.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MemoryPressureTest {
    private final MemoryPressure pressure = new MemoryPressure(1_000);

    @Test
    void eventsLeaveRoomForCalls() {
        pressure.outboxes(10);
        pressure.add(1_375);
        assertThat(pressure.isTooMuchForEvent(100, 1)).isTrue();
        assertThat(pressure.isTooMuchForCall(100, 1)).isFalse();
        pressure.add(1);
        assertThat(pressure.isTooMuchForCall(100, 1)).as("more than the share").isTrue();
        assertThat(pressure.isTooMuchForCall(50, 50)).as("the share").isFalse();
        assertThat(pressure.isTooMuchForCall(0, 500)).as("one message").isFalse();

        pressure.add(125);
        assertThat(pressure.isCritical()).isTrue();
        assertThat(pressure.isTooMuchForCall(0, 101)).as("no exception").isTrue();
        assertThat(pressure.isTooMuchForCall(0, 100)).isFalse();
    }

    /** A few clients that read nothing hold all, and all others are behind: a call still finds room with any of them. */
    @Test
    void eventsLeaveRoomForCallsHoweverManySubscribersAreBehind() {
        MemoryPressure large = new MemoryPressure(16_000_000);
        int clients = 400;
        large.outboxes(clients);
        fillWithEvents(large, new long[40], 4_000_000, 500);
        long[] others = new long[clients - 40];
        fillWithEvents(large, others, 4_000_000, 500);
        long most = Arrays.stream(others).max().orElseThrow();
        assertThat(large.isTooMuchForCall(most, 100_000)).as("invocations").isFalse();
        assertThat(large.isTooMuchForCall(100_000, 500)).as("open calls").isFalse();
    }

    @Test
    void overTheLimitAnOutboxTakesEventsUpToAPartOfItsShareOrOneMessage() {
        pressure.outboxes(10);
        pressure.add(1_000);
        assertThat(pressure.isTooMuchForEvent(500, 500)).isFalse();

        pressure.add(1);
        assertThat(pressure.isTooMuchForEvent(6, 6))
                .as("an eighth of the share")
                .isFalse();
        assertThat(pressure.isTooMuchForEvent(6, 7)).as("more").isTrue();
        assertThat(pressure.isTooMuchForEvent(0, 500)).as("one message").isFalse();
        assertThat(pressure.isTooMuchOfAnswers(100)).as("the share").isFalse();
        assertThat(pressure.isTooMuchOfAnswers(101)).as("more than the share").isTrue();

        pressure.add(125);
        assertThat(pressure.isTooMuchForEvent(0, 13)).as("no exception").isTrue();
        assertThat(pressure.isTooMuchForEvent(0, 12)).isFalse();

        pressure.add(-126);
        assertThat(pressure.isTooMuchForEvent(500, 500)).isFalse();
        assertThat(pressure.isTooMuchOfAnswers(500)).isFalse();
    }

    @Test
    void slowOutboxesAreBoundedTogetherHoweverManyThereAre() {
        pressure.outboxes(100);
        fillWithEvents(pressure, new long[100], Long.MAX_VALUE, 90);
        assertThat(pressure.totalBytes()).isBetween(1_000L, 1_250L + 90);
    }

    /** Offers events of {@code bytes} to outboxes whose own limit is {@code most}, until none takes one. */
    private static void fillWithEvents(MemoryPressure pressure, long[] waiting, long most, int bytes) {
        boolean taken = true;
        while (taken) {
            taken = false;
            for (int to = 0; to < waiting.length; to++) {
                if (waiting[to] + bytes <= most && !pressure.isTooMuchForEvent(waiting[to], bytes)) {
                    waiting[to] += bytes;
                    pressure.add(bytes);
                    taken = true;
                }
            }
        }
    }

    @Test
    void noOutboxesAreNoDivisionByZero() {
        pressure.outboxes(0);
        pressure.add(2_000);
        assertThat(pressure.isTooMuchForCall(1_000, 0)).isFalse();
    }
}
