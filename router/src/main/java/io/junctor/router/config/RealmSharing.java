package io.junctor.router.config;

/**
 * How a realm is shared with the other routers of a cluster. Immutable; without a cluster it has no effect.
 *
 * @param share whether it is one realm on all routers that have a realm of this name
 * @param subscribeAck when a subscription is acknowledged
 * @param engineLost what it does while the router has lost the other routers
 */
public record RealmSharing(boolean share, SubscribeAck subscribeAck, EngineLost engineLost) {
    /** A realm that is shared, acknowledges what all routers know, and hands out nothing exclusive while the others are lost. */
    public static final RealmSharing DEFAULT = new RealmSharing(true, SubscribeAck.CLUSTER, EngineLost.SUSPEND);

    /** What a realm does while the router has lost what connects it with the other routers. */
    public enum EngineLost {
        /** Sessions stay. Registrations, and calls of procedures that are not shared, wait for a while and are then refused. */
        SUSPEND,
        /**
         * The router serves the realm alone, as if the others had ended. When it finds them again, of two callees of a procedure that is not
         * shared the one that registered later loses it.
         */
        SERVE,
        /** As {@link #SUSPEND}, and after 30 seconds all sessions end, and clients cannot join before the others are found again. */
        LEAVE
    }

    /** When a subscription is acknowledged. */
    public enum SubscribeAck {
        /** When all routers send their events of the topic: an event that is published after {@code SUBSCRIBED} comes. */
        CLUSTER,
        /** At once: events that other routers publish in the next moments may not come. */
        LOCAL
    }
}
