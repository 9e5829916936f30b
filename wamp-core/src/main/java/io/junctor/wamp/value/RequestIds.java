package io.junctor.wamp.value;

/**
 * Owned by one session and used by one thread at a time. The counter of session-scope ids (section "IDs"): first 1,
 * step 1, after 2^53 comes 1 again.
 */
public final class RequestIds {
    private long last;

    /** A counter whose first id is 1. */
    public RequestIds() {
        this(0);
    }

    /** A counter that goes on after {@code last}. */
    public RequestIds(long last) {
        this.last = last;
    }

    /** The next id; it counts as used. */
    public long next() {
        last = Ids.next(last);
        return last;
    }

    /** The id used last, 0 before the first. */
    public long last() {
        return last;
    }
}
