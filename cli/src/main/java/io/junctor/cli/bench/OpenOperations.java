package io.junctor.cli.bench;

import java.util.Arrays;

/** The operations of one connection that wait for answers, by ids that start at 1. */
final class OpenOperations {
    private long[] dueNanos = new long[16];
    private int[] answers = new int[16];
    private long oldest = 1;
    private long next = 1;

    /** Adds an operation that waits for {@code count} answers, at least one; returns its id. */
    long add(long nanos, int count) {
        if (next - oldest == answers.length) {
            grow();
        }
        dueNanos[slot(next)] = nanos;
        answers[slot(next)] = count;
        return next++;
    }

    /** Returns how many answers the operation still waits for. */
    int awaited(long id) {
        return id >= oldest && id < next ? answers[slot(id)] : 0;
    }

    /** Returns the time at which a waiting operation was due. */
    long dueNanos(long id) {
        return dueNanos[slot(id)];
    }

    /** Notes that one answer for a waiting operation has arrived. */
    void answered(long id) {
        answers[slot(id)]--;
        forget();
    }

    /** Notes that no more answers will arrive for an operation. */
    void drop(long id) {
        answers[slot(id)] = 0;
        forget();
    }

    private void forget() {
        while (oldest < next && answers[slot(oldest)] == 0) {
            oldest++;
        }
    }

    private int slot(long id) {
        return (int) id & answers.length - 1;
    }

    private void grow() {
        int old = answers.length;
        dueNanos = Arrays.copyOf(dueNanos, 2 * old);
        answers = Arrays.copyOf(answers, 2 * old);
        System.arraycopy(dueNanos, 0, dueNanos, old, old);
        System.arraycopy(answers, 0, answers, old, old);
    }
}
