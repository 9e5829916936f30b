package io.junctor.wamp.value;

/** Immutable. The range of WAMP ids (section "IDs"): integers 1 to 2^53, both ends valid. */
public final class Ids {
    /** The smallest id. */
    public static final long MIN = 1;
    /** The largest id, 2^53. */
    public static final long MAX = 1L << 53;

    private Ids() {}

    /** Whether {@code id} is in range. */
    public static boolean isValid(long id) {
        return id >= MIN && id <= MAX;
    }

    /** The id after {@code id} in session scope: 2^53 is followed by 1. */
    public static long next(long id) {
        return id == MAX ? MIN : id + 1;
    }
}
