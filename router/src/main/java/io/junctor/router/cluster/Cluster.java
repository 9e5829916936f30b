package io.junctor.router.cluster;

import org.jspecify.annotations.Nullable;

/** Connects a router with other routers, so that all act as one. Thread-safe. */
public interface Cluster {
    /**
     * Links a realm that begins on this router with the realms of the same name on other routers. Called before the first session
     * joins.
     *
     * @param realm the name of the realm
     * @param port what the link may ask of the realm
     * @return the link, or null if this router does not share the realm
     */
    @Nullable
    RealmLink link(String realm, RealmPort port);
}
