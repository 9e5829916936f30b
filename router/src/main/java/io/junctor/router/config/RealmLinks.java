package io.junctor.router.config;

/**
 * The connections of a realm with other routers and with HTTP services.
 *
 * @param sharing how it is shared with other routers of a cluster
 * @param services the HTTP services that the router calls in the realm
 */
public record RealmLinks(RealmSharing sharing, RealmServices services) {
    /** Shared with all routers of the cluster, without services. */
    public static final RealmLinks DEFAULT = new RealmLinks(RealmSharing.DEFAULT, RealmServices.NONE);
}
