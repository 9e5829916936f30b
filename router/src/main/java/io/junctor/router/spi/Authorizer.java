package io.junctor.router.spi;

import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/**
 * Decides about requests that the rules of a role leave to it (section "Authorization"). Implementations must be thread-safe; they may
 * block.
 *
 * <p>While the authorizer decides, the router does not read from the session. If the authorizer takes more than 5 s or throws an exception,
 * the session gets {@code wamp.error.authorization_failed}.
 */
@FunctionalInterface
public interface Authorizer {
    /** Decides about a request. The method must also return after more than 5 s, because the router does not interrupt its thread. */
    Decision authorize(Request request);

    /**
     * A request of a session that needs a permission.
     *
     * @param realm the realm
     * @param session the session's id
     * @param identity the identity of the session
     * @param action the action
     * @param uri the URI or pattern
     * @param match the match policy of the pattern; exact for a URI
     */
    record Request(String realm, long session, Identity identity, Action action, Uri uri, MatchPolicy match) {}

    /**
     * A decision.
     *
     * @param allow true if the request is allowed
     * @param disclose whether the session is disclosed as publisher or caller
     * @param cache true if the decision is cached for this session, action and URI, for the time that the role's configuration sets
     */
    record Decision(boolean allow, Disclose disclose, boolean cache) {
        /** Allows the request; discloses the session if it asks for disclosure. */
        public static final Decision ALLOWED = new Decision(true, Disclose.ON_REQUEST, true);
        /** Denies the request. */
        public static final Decision DENIED = new Decision(false, Disclose.ON_REQUEST, true);

        /** The same decision, not cached. */
        public Decision uncached() {
            return new Decision(allow, disclose, false);
        }
    }
}
