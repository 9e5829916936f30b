package io.junctor.cluster.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes messages of a lane that arrive a second time or late. Confined to the thread that receives for the lane.
 *
 * <p>A router numbers what it publishes on a lane. What is not above the last number seen is a copy: where several interests
 * match, or where a server wakes up and sends what others have sent meanwhile. It remembers the last 1,024 routers heard.
 */
public final class SequenceFilter {
    private static final int MOST_ROUTERS = 1024;

    /** The last number seen of a router. */
    private static final class Last {
        final RouterId router;
        long sequence;

        Last(RouterId router, long sequence) {
            this.router = router;
            this.sequence = sequence;
        }
    }

    private final Map<RouterId, Last> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RouterId, Last> eldest) {
            return size() > MOST_ROUTERS;
        }
    };
    /** That of the router of the last message, which comes from the same one most often. */
    private @Nullable Last latest;

    /** A filter that has seen nothing. */
    public SequenceFilter() {}

    /** Whether the message is new; if so, it is now the last one seen of its router. */
    public boolean accepts(RouterId from, long sequence) {
        Last before = latest != null && latest.router.equals(from) ? latest : last.get(from);
        if (before != null && before.sequence >= sequence) {
            return false;
        }
        if (before == null) {
            before = new Last(from, sequence);
            last.put(from, before);
        }
        before.sequence = sequence;
        latest = before;
        return true;
    }
}
