package io.junctor.router.config;

/**
 * What connects a realm with what is outside of the router.
 *
 * @param sharing how it is shared with other routers of a cluster
 * @param services what the router itself does with HTTP services
 */
public record RealmLinks(RealmSharing sharing, RealmServices services) {
    /** A realm that is shared, and has no services. */
    public static final RealmLinks DEFAULT = new RealmLinks(RealmSharing.DEFAULT, RealmServices.NONE);
}
