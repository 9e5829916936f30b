package io.junctor.router.config;

/**
 * The settings for sharing a realm with the other routers of a cluster. They have no effect without a cluster.
 *
 * @param share whether it is one realm on all routers that have a realm of this name
 * @param subscribeAck when a subscription is acknowledged
 * @param engineLost how the realm behaves while the router has no connection with the other routers
 */
public record RealmSharing(boolean share, SubscribeAck subscribeAck, EngineLost engineLost) {
    /**
     * The default: the realm is shared, a subscription is acknowledged when all routers know it, and requests that only one router may
     * serve wait while the connection with the other routers is lost.
     */
    public static final RealmSharing DEFAULT = new RealmSharing(true, SubscribeAck.CLUSTER, EngineLost.SUSPEND);

    /** The behaviour of a realm while the router has lost the connection with the other routers. */
    public enum EngineLost {
        /** Sessions stay open. Registrations, and calls of procedures that are not shared, wait for 5 seconds and are then refused. */
        SUSPEND,
        /**
         * The router serves the realm alone, as if the other routers had ended. When the connection is restored and two sessions have
         * registered a procedure that is not shared, the session that registered later loses its registration.
         */
        SERVE,
        /**
         * The realm behaves as with {@link #SUSPEND}; in addition, after 30 seconds all sessions end, and clients cannot join until the
         * connection is restored.
         */
        LEAVE
    }

    /** The time at which a subscription is acknowledged. */
    public enum SubscribeAck {
        /** When all routers send their events of the topic: the subscriber receives every event that is published after {@code SUBSCRIBED}. */
        CLUSTER,
        /** At once: the subscriber may miss events that other routers publish in the next moments. */
        LOCAL
    }
}
