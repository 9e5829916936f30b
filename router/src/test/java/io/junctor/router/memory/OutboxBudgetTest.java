package io.junctor.router.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OutboxBudgetTest {
    private final OutboxBudget budget = new OutboxBudget(1_000);

    @Test
    void eventsLeaveRoomForCalls() {
        budget.outboxes(10);
        budget.add(1_375);
        assertThat(budget.isTooMuchForEvent(100, 1)).isTrue();
        assertThat(budget.isTooMuchForCall(100, 1)).isFalse();
        budget.add(1);
        assertThat(budget.isTooMuchForCall(100, 1)).as("more than the share").isTrue();
        assertThat(budget.isTooMuchForCall(50, 50)).as("the share").isFalse();
        assertThat(budget.isTooMuchForCall(0, 500)).as("one message").isFalse();

        budget.add(125);
        assertThat(budget.isCritical()).isTrue();
        assertThat(budget.isTooMuchForCall(0, 101)).as("no exception").isTrue();
        assertThat(budget.isTooMuchForCall(0, 100)).isFalse();
    }

    /** A few clients that read nothing hold all, and all others are behind: a call still finds room with any of them. */
    @Test
    void eventsLeaveRoomForCallsHoweverManySubscribersAreBehind() {
        OutboxBudget large = new OutboxBudget(16_000_000);
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
        budget.outboxes(10);
        budget.add(1_000);
        assertThat(budget.isTooMuchForEvent(500, 500)).isFalse();

        budget.add(1);
        assertThat(budget.isTooMuchForEvent(6, 6)).as("an eighth of the share").isFalse();
        assertThat(budget.isTooMuchForEvent(6, 7)).as("more").isTrue();
        assertThat(budget.isTooMuchForEvent(0, 500)).as("one message").isFalse();
        assertThat(budget.isTooMuchOfAnswers(100)).as("the share").isFalse();
        assertThat(budget.isTooMuchOfAnswers(101)).as("more than the share").isTrue();

        budget.add(125);
        assertThat(budget.isTooMuchForEvent(0, 13)).as("no exception").isTrue();
        assertThat(budget.isTooMuchForEvent(0, 12)).isFalse();

        budget.add(-126);
        assertThat(budget.isTooMuchForEvent(500, 500)).isFalse();
        assertThat(budget.isTooMuchOfAnswers(500)).isFalse();
    }

    @Test
    void slowOutboxesAreBoundedTogetherHoweverManyThereAre() {
        budget.outboxes(100);
        fillWithEvents(budget, new long[100], Long.MAX_VALUE, 90);
        assertThat(budget.totalBytes()).isBetween(1_000L, 1_250L + 90);
    }

    /** Offers events of {@code bytes} to outboxes whose own limit is {@code most}, until none takes one. */
    private static void fillWithEvents(OutboxBudget budget, long[] waiting, long most, int bytes) {
        boolean taken = true;
        while (taken) {
            taken = false;
            for (int to = 0; to < waiting.length; to++) {
                if (waiting[to] + bytes <= most && !budget.isTooMuchForEvent(waiting[to], bytes)) {
                    waiting[to] += bytes;
                    budget.add(bytes);
                    taken = true;
                }
            }
        }
    }

    @Test
    void noOutboxesAreNoDivisionByZero() {
        budget.outboxes(0);
        budget.add(2_000);
        assertThat(budget.isTooMuchForCall(1_000, 0)).isFalse();
    }
}
