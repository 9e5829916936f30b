package io.junctor.cli.bench;

import java.util.Arrays;

/** The operations of one connection that wait for answers, by ids that count from 1. */
final class OpenOperations {
    private long[] dueNanos = new long[16];
    private int[] answers = new int[16];
    private long oldest = 1;
    private long next = 1;

    /** Adds an operation that waits for {@code count} answers, at least one; its id. */
    long add(long nanos, int count) {
        if (next - oldest == answers.length) {
            grow();
        }
        dueNanos[slot(next)] = nanos;
        answers[slot(next)] = count;
        return next++;
    }

    /** How many answers are still to come. */
    int awaited(long id) {
        return id >= oldest && id < next ? answers[slot(id)] : 0;
    }

    /** When an operation that still waits was due. */
    long dueNanos(long id) {
        return dueNanos[slot(id)];
    }

    /** One answer less to come for an operation that still waits. */
    void answered(long id) {
        answers[slot(id)]--;
        forget();
    }

    /** No answer to come any more. */
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
