package io.junctor.router.spi;

import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Uri;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A query for the events of one history that meet all conditions.
 *
 * @param asker the session that asks; events that it must not receive are omitted
 * @param times when the events were published
 * @param positions the range of the history
 * @param topic the topic of the events, or null for any topic
 * @param reverse true if the newest event comes first
 * @param limit how many events are returned at most
 */
public record EventQuery(
        Identity asker,
        Times times,
        Positions positions,
        @Nullable Uri topic,
        boolean reverse,
        int limit) {

    /**
     * A range of times; a bound that is null has no effect.
     *
     * @param from this time or later
     * @param after later than this time
     * @param before earlier than this time
     * @param until this time or earlier
     */
    public record Times(
            @Nullable Instant from,
            @Nullable Instant after,
            @Nullable Instant before,
            @Nullable Instant until) {
        /** All times. */
        public static final Times ALL = new Times(null, null, null, null);

        /** True if {@code time} is in the range. */
        public boolean include(Instant time) {
            return (from == null || time.compareTo(from) >= 0)
                    && (after == null || time.isAfter(after))
                    && (before == null || time.isBefore(before))
                    && (until == null || time.compareTo(until) <= 0);
        }
    }

    /**
     * A range of the history, bounded by publication ids in the order in which the events were stored; 0 is no bound.
     * If the history does not have a publication that is a bound, the range is empty.
     *
     * @param from this publication and later ones
     * @param after later publications than this
     * @param before earlier publications than this
     * @param until this publication and earlier ones
     */
    public record Positions(long from, long after, long before, long until) {
        /** The whole history. */
        public static final Positions ALL = new Positions(0, 0, 0, 0);
    }

    /** True if the query matches {@code event} and the asker may receive it; does not check the position. */
    public boolean admits(StoredEvent event) {
        return (topic == null || topic.equals(event.topic()))
                && times.include(event.time())
                && event.receivers().admit(asker);
    }
}
