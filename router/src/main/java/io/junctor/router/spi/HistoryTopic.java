package io.junctor.router.spi;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.time.Duration;

/**
 * Immutable. A topic or pattern whose events are kept, and how many of them (section "Event History"). What is over one of the limits is
 * forgotten, the oldest first.
 *
 * @param uri the topic or pattern
 * @param match how it is compared
 * @param events the most events
 * @param age how long an event is kept
 * @param bytes the most bytes that all of them take in memory
 */
public record HistoryTopic(Uri uri, MatchPolicy match, int events, Duration age, int bytes) {

    /** Checks the URI; the history of the router's own topics is kept with that of patterns only. */
    public HistoryTopic {
        if (!UriRules.LOOSE.isPattern(uri, match) || uri.isReserved()) {
            throw new IllegalArgumentException(
                    "'" + uri + "' is no topic for match " + match.wire() + " with a history");
        }
        if (events < 1 || bytes < 1 || !age.isPositive()) {
            throw new IllegalArgumentException("limits of a history must be positive");
        }
    }

    /** This, with no more bytes than {@code share}. */
    public HistoryTopic within(long share) {
        return new HistoryTopic(uri, match, events, age, (int) Math.min(bytes, share));
    }
}
