package io.junctor.cluster.event;

import io.junctor.wamp.value.Uri;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers topics with many events that no other router wants, so that their events need not be sent. The engine reports that an event had
 * no receiver. The report holds until a router may have a new interest, and for a tenth of a second at most, in case NATS servers did not
 * reach each other. After half of this time one event is sent, so that the engine reports again. Thread-safe.
 */
final class UnheardTopics {
    private static final long HOLDS_NANOS = 100_000_000;
    /** When an event is sent although no other router wants it. */
    private static final long RENEWED_NANOS = HOLDS_NANOS / 2;
    /** How long a topic that others want is not asked about again. */
    private static final long PAUSE_NANOS = 1_000_000_000;

    private static final int MOST_TOPICS = 256;

    /** A topic with events. */
    private static final class Sent {
        long lastNanos;
        long askAgainNanos;
        /** The number of the engine for which the topic is unheard; 0 for none. */
        long unheardNumber;

        long unheardUntilNanos;
        /** From this time on, an event is sent so that the engine reports again. */
        long renewNanos;

        Sent(long now) {
            this.lastNanos = now;
            this.askAgainNanos = now;
        }
    }

    private final Map<Uri, Sent> sentByTopic = new HashMap<>();

    /** Whether an event of a topic need not be sent, as certainly no other router wants it. */
    synchronized boolean contains(Uri topic, long interestNumber, long now) {
        Sent sent = sentByTopic.get(topic);
        if (sent == null
                || sent.unheardNumber == 0
                || sent.unheardNumber != interestNumber
                || now - sent.unheardUntilNanos >= 0) {
            return false;
        }
        if (now - sent.renewNanos >= 0) {
            sent.renewNanos = sent.unheardUntilNanos;
            return false;
        }
        return true;
    }

    /** An event is sent: returns what to run if no other router wants it, or null if that need not be known. */
    synchronized @Nullable Runnable probe(Uri topic, long interestNumber, long now) {
        Sent sent = sentByTopic.get(topic);
        if (sent == null) {
            if (sentByTopic.size() >= MOST_TOPICS) {
                sentByTopic.clear();
            }
            sentByTopic.put(topic, new Sent(now));
            return null;
        }
        boolean isFrequent = now - sent.lastNanos < HOLDS_NANOS;
        sent.lastNanos = now;
        if (!isFrequent || interestNumber == 0 || now - sent.askAgainNanos < 0) {
            return null;
        }
        sent.askAgainNanos = now + PAUSE_NANOS;
        return () -> onUnheard(sent, interestNumber, now);
    }

    private synchronized void onUnheard(Sent sent, long interestNumber, long sentNanos) {
        sent.unheardNumber = interestNumber;
        sent.unheardUntilNanos = sentNanos + HOLDS_NANOS;
        sent.renewNanos = sentNanos + RENEWED_NANOS;
        sent.askAgainNanos = sentNanos;
    }
}
