package io.junctor.router.cluster;

import io.junctor.router.spi.Action;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/**
 * An event as routers pass it on. The publisher's router has decided what it discloses; the subscriber's router decides
 * whether the subscriber may receive it. Immutable.
 *
 * @param publication the publication id
 * @param topic the topic
 * @param payload the arguments, as the publisher encoded them
 * @param details the details for all receivers, without the topic
 * @param receivers who may receive it
 * @param retention 0 if it is not retained; else its number in the order of retained events: that with the highest number, and among
 *     equal ones that with the highest publication id, is the last of its topic on all routers
 */
public record SharedEvent(
        long publication, Uri topic, Payload payload, EventDetails details, Receivers receivers, long retention) {
    /**
     * Whether one event is older than another in the order of retained events of a topic, which is the same on all routers.
     *
     * @param retention the number of the one
     * @param publication its publication id
     * @param thanRetention the number of the other
     * @param thanPublication its publication id
     */
    public static boolean isOlder(long retention, long publication, long thanRetention, long thanPublication) {
        return retention < thanRetention || (retention == thanRetention && publication < thanPublication);
    }

    /** Whether it is older than {@code other} in this order. */
    public boolean isOlderThan(SharedEvent other) {
        return isOlder(retention, publication, other.retention, other.publication);
    }

    /** Whether it is retained. */
    public boolean isRetained() {
        return retention > 0;
    }

    /**
     * Who may receive an event: a session must pass all conditions.
     *
     * @param excludedSession the session that must not receive it, the publisher; 0 without one
     * @param audience the publisher's lists; an empty list of eligible receivers means no receiver
     * @param needed what a receiver must be allowed to do, or null
     */
    public record Receivers(
            long excludedSession,
            Audience audience,
            @Nullable Permission needed) {
        /** All subscribers. */
        public static final Receivers ALL = new Receivers(0, Audience.ALL, null);
    }

    /** What a receiver must be allowed to do. */
    public record Permission(Action action, Uri uri, MatchPolicy match) {}
}
