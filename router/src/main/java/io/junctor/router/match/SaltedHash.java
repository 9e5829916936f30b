package io.junctor.router.match;

import java.security.SecureRandom;

/**
 * Immutable. Hashes that depend on numbers drawn when the process starts: who does not know these cannot choose texts or numbers whose hashes
 * are equal, and so make a look-up dear.
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

    /** Another number for each number. */
    static long of(long number) {
        long mixed = (number ^ START) * FACTOR;
        mixed = (mixed ^ (mixed >>> 32)) * FACTOR;
        return mixed ^ (mixed >>> 29);
    }

    /** Another number for each character. */
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
