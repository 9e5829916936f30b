package io.junctor.router.dealer;

import io.junctor.router.turn.InTurn;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the turn. The request ids of a caller's calls in several parts: a part that comes late must not be taken for a mistake (section
 * "Progressive Call Invocations").
 */
final class ProgressiveCallIds {
    /** So many are remembered, the latest. */
    private static final int MOST = 10_000;

    private @Nullable Set<Long> ids;

    /** A call in several parts has hasProgressed. */
    @InTurn
    void add(long request) {
        if (ids == null) {
            ids = new LinkedHashSet<>();
        }
        if (ids.add(request) && ids.size() > MOST) {
            Iterator<Long> oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Whether there was any. */
    @InTurn
    boolean isEmpty() {
        return ids == null;
    }

    @InTurn
    boolean contains(long request) {
        return ids != null && ids.contains(request);
    }
}
