package io.junctor.cluster.nats;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action when a server reports that a message has no receiver. The server reports in the order in which messages were written, so an
 * earlier message without a report has a receiver. Thread-safe.
 */
final class UnheardReports {
    /** After this many ticks, no report on a message arrives any more. */
    private static final int PATIENCE_TICKS = 5;

    private record Expected(long number, int tick, Runnable action) {}

    /** The messages on which a report may still arrive, in the order in which they are written. Guarded by this. */
    private final Deque<Expected> expected = new ArrayDeque<>();

    private int tick;

    /** Notes the action for a message that is written next. */
    synchronized void expect(long number, Runnable action) {
        Expected last = expected.peekLast();
        // If the connection was full, the same message is written once more.
        if (last == null || last.number != number) {
            expected.add(new Expected(number, tick, action));
        }
    }

    /** Runs the action for a message that has no receiver. */
    void report(long number) {
        Runnable action = remove(number);
        if (action != null) {
            action.run();
        }
    }

    private synchronized @Nullable Runnable remove(long number) {
        if (expected.stream().noneMatch(each -> each.number == number)) {
            return null;
        }
        Expected first = expected.remove();
        while (first.number != number) {
            first = expected.remove();
        }
        return first.action;
    }

    /** Forgets messages for which no report arrived in time. */
    synchronized void onTick() {
        tick++;
        while (!expected.isEmpty() && tick - expected.element().tick > PATIENCE_TICKS) {
            expected.remove();
        }
    }

    synchronized void clear() {
        expected.clear();
    }
}
