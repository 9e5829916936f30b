package io.junctor.cluster.call;

import java.util.HashMap;
import java.util.Map;

/**
 * Decides when this router acknowledges to another router the items that it has taken: not after each message, but before the credit is used
 * up. Thread-safe.
 */
final class TakenPositions {
    private static final long STEP = RouterQueue.CREDIT / 4;

    /** The position that was acknowledged last to each router. Guarded by this. */
    private final Map<Long, Long> toldByRouter = new HashMap<>();

    /** Whether all items up to {@code position} are to be acknowledged to the router; if so, the position counts as acknowledged. */
    synchronized boolean isDue(long router, long position) {
        long told = toldByRouter.getOrDefault(router, 0L);
        // If a router was gone and is back, its positions begin at 0 again.
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
