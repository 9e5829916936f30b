package io.junctor.router.turn;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the operations that wait and the bytes that they hold. Both are in one word and change in one step, so
 * counting bytes costs nothing extra. Thread-safe.
 *
 * <p>The lower {@value #BYTE_BITS} bits are the bytes with a sign, the upper bits the operations. If an operation is
 * removed before it is added, both sums are correct all the time, although they may be negative.
 */
final class Backlog {
    private static final int BYTE_BITS = 40;
    private static final long ONE_OPERATION = 1L << BYTE_BITS;

    private final AtomicLong word = new AtomicLong();

    /** Adds an operation that holds {@code bytes}. */
    void add(int bytes) {
        word.getAndAdd(ONE_OPERATION + bytes);
    }

    /** Removes an operation that holds {@code bytes}. */
    void remove(int bytes) {
        word.getAndAdd(-ONE_OPERATION - bytes);
    }

    /** How many operations there are. */
    int operations() {
        return operations(word.get());
    }

    /** How many bytes they hold. */
    long bytes() {
        return bytes(word.get());
    }

    /** Whether there are fewer operations than {@code operations} with fewer bytes than {@code bytes}. */
    boolean isBelow(int operations, long bytes) {
        long now = word.get();
        return operations(now) < operations && bytes(now) < bytes;
    }

    private static long bytes(long word) {
        return word << (Long.SIZE - BYTE_BITS) >> (Long.SIZE - BYTE_BITS);
    }

    private static int operations(long word) {
        return (int) ((word - bytes(word)) >> BYTE_BITS);
    }
}
