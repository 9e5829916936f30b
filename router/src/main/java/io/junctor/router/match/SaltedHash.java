package io.junctor.router.match;

import java.security.SecureRandom;

/**
 * Computes hashes with a random salt that is drawn when the process starts. A client does not know the salt: it cannot
 * choose texts or numbers with equal hashes to make look-ups slow. Thread-safe.
 */
final class SaltedHash {
    private static final long START;
    private static final long FACTOR;

    static {
        SecureRandom random = new SecureRandom();
        START = random.nextLong();
        FACTOR = random.nextLong() | 1;
    }

    private SaltedHash() {}

    /** A bijection: different numbers have different hashes. */
    static long of(long number) {
        long mixed = (number ^ START) * FACTOR;
        mixed = (mixed ^ (mixed >>> 32)) * FACTOR;
        return mixed ^ (mixed >>> 29);
    }

    /** A bijection: different characters have different hashes. */
    static int of(char character) {
        return character * (int) FACTOR;
    }

    /** A hash of the characters of {@code text} in {@code from..to}. */
    static long of(String text, int from, int to) {
        long hash = START + (to - from);
        for (int i = from; i < to; i++) {
            hash = (hash ^ text.charAt(i)) * FACTOR;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
