package io.junctor.router.spi;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.time.Duration;

/**
 * A topic or pattern with a history, and the limits of the history (section "Event History"). When a limit is exceeded, the oldest events
 * are removed.
 *
 * @param uri the topic or pattern
 * @param match its match policy
 * @param events the maximum number of events that are kept
 * @param age the time for which an event is kept
 * @param bytes the maximum memory that all events use, in bytes
 */
public record HistoryTopic(Uri uri, MatchPolicy match, int events, Duration age, int bytes) {

    /** Checks the URI: a topic that is reserved for the router can have a history only as part of a pattern. */
    public HistoryTopic {
        if (!UriRules.LOOSE.isPattern(uri, match) || uri.isReserved()) {
            throw new IllegalArgumentException(
                    "'" + uri + "' is no topic for match " + match.wire() + " with a history");
        }
        if (events < 1 || bytes < 1 || !age.isPositive()) {
            throw new IllegalArgumentException("limits of a history must be positive");
        }
    }

    /** A copy whose limit is at most {@code share} bytes. */
    public HistoryTopic within(long share) {
        return new HistoryTopic(uri, match, events, age, (int) Math.min(bytes, share));
    }
}
