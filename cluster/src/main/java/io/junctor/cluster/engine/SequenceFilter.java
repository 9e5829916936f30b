package io.junctor.cluster.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes messages of a lane that arrive a second time or late. Not thread-safe: one thread at a time reads the messages of a lane.
 *
 * <p>A router numbers the messages that it publishes on a lane. A message whose number is not above the last number seen from its router is a
 * copy. Copies arise if several interests match, or if a server resumes after a pause and sends messages that other servers have sent
 * meanwhile. The filter remembers the 1,024 routers from which it received messages last.
 */
public final class SequenceFilter {
    private static final int MOST_ROUTERS = 1024;

    /** The last number seen from a router. */
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
    /** The entry of the router that sent the last message: the next message most often comes from the same router. */
    private @Nullable Last latest;

    /** Creates a filter that has seen no messages. */
    public SequenceFilter() {}

    /** Returns whether a message is new; if it is, its number becomes the last one seen from its router. */
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
