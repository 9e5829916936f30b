package io.junctor.router.spi;

import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/**
 * Decides what the rules of a role leave to it (section "Authorization"). Has to be thread-safe; may block.
 *
 * <p>While it decides, the router does not read from the session. After 5 s, or if it throws, the session gets
 * {@code wamp.error.authorization_failed}.
 */
@FunctionalInterface
public interface Authorizer {
    /** Decides about a request. Has to return even after 5 s: the thread is not interrupted. */
    Decision authorize(Request request);

    /**
     * What a session asks to do.
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
     * @param allow true if the session may do it
     * @param disclose whether the session is disclosed as publisher or caller
     * @param cache true if the decision is cached for this session, action and URI, for as long as the role says
     */
    record Decision(boolean allow, Disclose disclose, boolean cache) {
        /** Allows it; discloses the session if it asks for it. */
        public static final Decision ALLOWED = new Decision(true, Disclose.ON_REQUEST, true);
        /** Denies it. */
        public static final Decision DENIED = new Decision(false, Disclose.ON_REQUEST, true);

        /** The same decision, not cached. */
        public Decision uncached() {
            return new Decision(allow, disclose, false);
        }
    }
}
