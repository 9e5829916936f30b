package io.junctor.wamp.value;

/** Checks and increments WAMP ids (section "IDs"): integers from 1 to 2^53, both included. */
public final class Ids {
    /** The smallest id. */
    public static final long MIN = 1;
    /** The largest id, 2^53. */
    public static final long MAX = 1L << 53;

    private Ids() {}

    /** True if {@code id} is in range. */
    public static boolean isValid(long id) {
        return id >= MIN && id <= MAX;
    }

    /** Returns the id that follows {@code id} in session scope; after 2^53 follows 1. */
    public static long next(long id) {
        return id == MAX ? MIN : id + 1;
    }
}
