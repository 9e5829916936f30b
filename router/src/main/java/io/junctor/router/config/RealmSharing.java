package io.junctor.router.config;

/**
 * How a realm is shared with the other routers of a cluster. Immutable; without a cluster it has no effect.
 *
 * @param share whether it is one realm on all routers that have a realm of this name
 * @param subscribeAck when a subscription is acknowledged
 */
public record RealmSharing(boolean share, SubscribeAck subscribeAck) {
    /** A realm that is shared, and acknowledges what all routers know. */
    public static final RealmSharing DEFAULT = new RealmSharing(true, SubscribeAck.CLUSTER);

    /** When a subscription is acknowledged. */
    public enum SubscribeAck {
        /** When all routers send their events of the topic: an event that is published after {@code SUBSCRIBED} comes. */
        CLUSTER,
        /** At once: events that other routers publish in the next moments may not come. */
        LOCAL
    }
}
