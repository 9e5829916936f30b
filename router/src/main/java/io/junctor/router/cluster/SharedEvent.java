package io.junctor.router.cluster;

import io.junctor.router.spi.Action;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/**
 * An event in the form in which routers pass it on to each other. The publisher's router has decided what it discloses; the subscriber's
 * router decides whether the subscriber may receive it.
 *
 * @param publication the publication id
 * @param topic the topic
 * @param payload the arguments, as the publisher encoded them
 * @param details the details for all receivers, without the topic
 * @param receivers who may receive it
 * @param retention 0 if it is not retained; otherwise its number in the order of the retained events of its topic. The event with the
 *     highest number, and among equal numbers the highest publication id, is the last event of the topic on all routers
 */
public record SharedEvent(
        long publication, Uri topic, Payload payload, EventDetails details, Receivers receivers, long retention) {
    /**
     * Whether one event is older than another in the order of retained events of a topic, which is the same on all routers.
     *
     * @param retention the number of the first event
     * @param publication the publication id of the first event
     * @param thanRetention the number of the second event
     * @param thanPublication the publication id of the second event
     */
    public static boolean isOlder(long retention, long publication, long thanRetention, long thanPublication) {
        return retention < thanRetention || (retention == thanRetention && publication < thanPublication);
    }

    /** Whether this event is older than {@code other} in the order of retained events. */
    public boolean isOlderThan(SharedEvent other) {
        return isOlder(retention, publication, other.retention, other.publication);
    }

    /** Whether this event is retained. */
    public boolean isRetained() {
        return retention > 0;
    }

    /**
     * The conditions for receivers of an event: a session must meet all of them.
     *
     * @param excludedSession the publisher's session if it must not receive the event, otherwise 0
     * @param audience the publisher's lists; an empty list of eligible receivers means no receiver
     * @param needed the permission that a receiver must have, or null
     */
    public record Receivers(
            long excludedSession,
            Audience audience,
            @Nullable Permission needed) {
        /** All subscribers. */
        public static final Receivers ALL = new Receivers(0, Audience.ALL, null);
    }

    /** The permission that a receiver must have. */
    public record Permission(Action action, Uri uri, MatchPolicy match) {}
}
