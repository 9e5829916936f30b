package io.junctor.server.longpoll;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reasons why the most recently ended transports have ended; the next poll of a client gets the reason. Thread-safe. */
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

    /** Returns a sentence for a client that uses an ended transport; null if the transport is not remembered. */
    synchronized @Nullable String sentence(String id) {
        return sentenceById.get(id);
    }
}
