package io.junctor.router.cluster;

import io.junctor.router.session.Session;

/**
 * How a dealer reaches the same realm on other routers.
 *
 * @param link leads to the realm on other routers
 * @param bounds the limits of the sessions that stand for sessions of other routers
 */
public record Elsewhere(RealmLink link, Session.Bounds bounds) {}
