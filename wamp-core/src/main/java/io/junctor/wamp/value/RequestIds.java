package io.junctor.wamp.value;

/**
 * Counts session-scope ids (section "IDs"): 1, 2, and so on up to 2^53, then 1 again. Confined to one thread at a
 * time.
 */
public final class RequestIds {
    private long last;

    /** Creates a counter whose first id is 1. */
    public RequestIds() {
        this(0);
    }

    /** Creates a counter that continues after {@code last}. */
    public RequestIds(long last) {
        this.last = last;
    }

    /** Returns the next id and marks it as used. */
    public long next() {
        last = Ids.next(last);
        return last;
    }

    /** The last used id; 0 before the first. */
    public long last() {
        return last;
    }
}
