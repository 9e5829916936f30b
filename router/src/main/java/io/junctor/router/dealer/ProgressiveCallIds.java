package io.junctor.router.dealer;

import io.junctor.router.turn.InTurn;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the request ids of a caller's progressive calls, so that a CALL that arrives after the end of the call is
 * not taken for a protocol violation (section "Progressive Call Invocations"). Confined to the realm's turn.
 */
final class ProgressiveCallIds {
    /** The number of ids that are remembered; older ids are forgotten. */
    private static final int MAX_IDS = 10_000;

    private @Nullable Set<Long> ids;

    /** Adds the request id of a progressive call. */
    @InTurn
    void add(long request) {
        if (ids == null) {
            ids = new LinkedHashSet<>();
        }
        if (ids.add(request) && ids.size() > MAX_IDS) {
            Iterator<Long> oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Whether the caller never made a progressive call. */
    @InTurn
    boolean isEmpty() {
        return ids == null;
    }

    @InTurn
    boolean contains(long request) {
        return ids != null && ids.contains(request);
    }
}
