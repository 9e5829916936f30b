package io.junctor.cluster.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Recognizes messages of a lane that arrive a second time or late. Confined to the thread that receives for the lane.
 *
 * <p>A router numbers what it publishes on a lane. What is not above the last number seen is a copy: where several interests
 * match, or where a server wakes up and sends what others have sent meanwhile. It remembers the last 1,024 routers heard.
 */
public final class SequenceFilter {
    private static final int MOST_ROUTERS = 1024;

    private final Map<RouterId, Long> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RouterId, Long> eldest) {
            return size() > MOST_ROUTERS;
        }
    };

    /** A filter that has seen nothing. */
    public SequenceFilter() {}

    /** Whether the message is new; if so, it is now the last one seen of its router. */
    public boolean accepts(RouterId from, long sequence) {
        Long before = last.get(from);
        if (before != null && before >= sequence) {
            return false;
        }
        last.put(from, sequence);
        return true;
    }
}
