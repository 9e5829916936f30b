package io.junctor.cluster.call;

import java.util.HashMap;
import java.util.Map;

/** Says when a router is to be told what this one has taken: not for each message, but before its credit is used up. Thread-safe. */
final class TakenPositions {
    private static final long STEP = RouterQueue.CREDIT / 4;

    /** What each router was told last. Guarded by this. */
    private final Map<Long, Long> toldByRouter = new HashMap<>();

    /** Whether the router is to be told that all up to {@code position} is taken; then it counts as told. */
    synchronized boolean isDue(long router, long position) {
        long told = toldByRouter.getOrDefault(router, 0L);
        // A router that was gone and is back begins anew.
        boolean isDue = position - told >= STEP || position < told;
        if (isDue) {
            toldByRouter.put(router, position);
        }
        return isDue;
    }

    synchronized void forget(long router) {
        toldByRouter.remove(router);
    }
}
