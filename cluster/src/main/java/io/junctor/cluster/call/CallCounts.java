package io.junctor.cluster.call;

import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of the {@link CallLane}s of a router. Thread-safe.
 *
 * @param usedUp how often the credit of another router was used up
 * @param unreached how many items were dropped because another router could not be reached; invocations, which are given back, do not count
 */
public record CallCounts(LongAdder usedUp, LongAdder unreached) {
    /** Creates counters that start at 0. */
    public CallCounts() {
        this(new LongAdder(), new LongAdder());
    }
}
