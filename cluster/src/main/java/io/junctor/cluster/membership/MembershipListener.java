package io.junctor.cluster.membership;

import io.junctor.cluster.engine.RouterId;

/**
 * Is told who comes and goes, in one order, one call at a time, while the membership's lock is held: it must not block, and not
 * wait for another thread that asks the membership.
 */
public interface MembershipListener {
    /**
     * Another router is there.
     *
     * @param name how its logs and metrics call it
     */
    void onJoined(RouterId router, String name);

    /** Nothing was heard of a router for 1.5 seconds; it should not be picked where there is a choice. */
    void onSuspected(RouterId router);

    /** A suspected router was heard again. */
    void onTrusted(RouterId router);

    /**
     * A router has left or is declared dead.
     *
     * @param reason for people
     * @param clearsUp whether this router has to clear up after it, and then calls {@link Membership#cleared}. It may come a
     *     second time with {@code true}, if the router that was to clear up is dead too
     */
    void onGone(RouterId router, String reason, boolean clearsUp);

    /** The others have declared this router dead; it must end all its sessions and come again with a new id. */
    void onExcluded();
}
