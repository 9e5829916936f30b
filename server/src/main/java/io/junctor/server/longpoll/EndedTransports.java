package io.junctor.server.longpoll;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why the transports that ended last have ended: their clients are told by the next poll. Thread-safe. */
final class EndedTransports {
    private static final int MOST = 1_000;

    @GuardedBy("this")
    private final Map<String, String> sentenceById = new LinkedHashMap<>();

    synchronized void add(String id, String sentence) {
        sentenceById.put(id, sentence);
        if (sentenceById.size() > MOST) {
            sentenceById.remove(sentenceById.keySet().iterator().next());
        }
    }

    /** What to tell a client that uses the transport; null if the transport is not one of those. */
    synchronized @Nullable String sentence(String id) {
        return sentenceById.get(id);
    }
}
