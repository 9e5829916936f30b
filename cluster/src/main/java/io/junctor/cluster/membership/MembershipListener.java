package io.junctor.cluster.membership;

import io.junctor.cluster.engine.RouterId;

/**
 * Is notified when other routers join, are suspected or leave, one call at a time. The membership holds its lock during each call: the listener
 * must not block, and must not wait for another thread that calls the membership.
 */
public interface MembershipListener {
    /**
     * Another router belongs to the cluster from now on.
     *
     * @param name the name of the router for logs and metrics
     */
    void onJoined(RouterId router, String name);

    /** No heartbeat of a router has arrived for 1.5 seconds. A caller that can choose between routers should avoid it. */
    void onSuspected(RouterId router);

    /** A heartbeat of a suspected router has arrived. */
    void onTrusted(RouterId router);

    /**
     * A router has left or is declared dead.
     *
     * @param reason the reason, as text for people
     * @param clearsUp whether this router has to clear up after the gone router, and then to call {@link Membership#cleared}. A second call
     *     with {@code true} may follow, if the router that had to clear up is dead too
     */
    void onGone(RouterId router, String reason, boolean clearsUp);

    /** The other routers have declared this router dead; it must end all its sessions and join again with a new id. */
    void onExcluded();
}
