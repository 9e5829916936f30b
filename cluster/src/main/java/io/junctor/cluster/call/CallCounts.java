package io.junctor.cluster.call;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the {@link CallLane}s of a router count. Thread-safe.
 *
 * @param usedUp how often another router had no credit left
 * @param unreached what was dropped because another router could not be reached, without the calls
 */
public record CallCounts(LongAdder usedUp, LongAdder unreached) {
    /** Counts from 0. */
    public CallCounts() {
        this(new LongAdder(), new LongAdder());
    }
}
