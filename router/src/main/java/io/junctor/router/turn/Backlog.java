package io.junctor.router.turn;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Safe for use by many threads. How many operations wait and how many bytes they hold, in one word: both change in one step, so
 * counting bytes costs nothing more than counting operations.
 *
 * <p>The lower {@value #BYTE_BITS} bits are the bytes with a sign, the upper ones the operations. Where an operation may be removed before it is
 * added, each of the two is right as a sum all the time, also below zero.
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
