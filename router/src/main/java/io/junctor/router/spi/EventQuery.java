package io.junctor.router.spi;

import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Uri;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Which events of one history somebody asks for; all conditions must hold.
 *
 * @param asker who asks: events that must not reach it are left out
 * @param times when they were published
 * @param positions where they stand among the others
 * @param topic their topic, or null for all that the history has
 * @param reverse whether to begin with the newest
 * @param limit the most events, counted from where the walk begins
 */
public record EventQuery(
        Identity asker,
        Times times,
        Positions positions,
        @Nullable Uri topic,
        boolean reverse,
        int limit) {

    /**
     * Immutable. A range of times; each bound is null where there is none.
     *
     * @param from not before this
     * @param after later than this
     * @param before earlier than this
     * @param until not after this
     */
    public record Times(
            @Nullable Instant from,
            @Nullable Instant after,
            @Nullable Instant before,
            @Nullable Instant until) {
        /** All times. */
        public static final Times ALL = new Times(null, null, null, null);

        /** Whether {@code time} lies within. */
        public boolean include(Instant time) {
            return (from == null || time.compareTo(from) >= 0)
                    && (after == null || time.isAfter(after))
                    && (before == null || time.isBefore(before))
                    && (until == null || time.compareTo(until) <= 0);
        }
    }

    /**
     * Immutable. A range of the history, bounded by publications in the order in which they were stored; 0 is no bound. A publication that the
     * history does not have (any more) leaves nothing within.
     *
     * @param from this one and later ones
     * @param after later ones than this
     * @param before earlier ones than this
     * @param until this one and earlier ones
     */
    public record Positions(long from, long after, long before, long until) {
        /** The whole history. */
        public static final Positions ALL = new Positions(0, 0, 0, 0);
    }

    /** Whether {@code event} is asked for and may be told, as far as that does not depend on its position. */
    public boolean admits(StoredEvent event) {
        return (topic == null || topic.equals(event.topic()))
                && times.include(event.time())
                && event.receivers().admit(asker);
    }
}
