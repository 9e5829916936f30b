package io.junctor.router.spi;

import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/**
 * Called by many threads at once, which may block. Decides what the rules of a role leave open (section "Authorization").
 *
 * <p>While it decides, nothing more is read from the session that asks. After 5 s, or when it throws, the session gets
 * {@code wamp.error.authorization_failed}, and what it asked for is not done.
 */
@FunctionalInterface
public interface Authorizer {
    /** Whether the session may do it. Must return, also where it is late: the thread is not interrupted. */
    Decision authorize(Request request);

    /**
     * Immutable. What a session asks for.
     *
     * @param realm the realm
     * @param session the session's id
     * @param identity who it is
     * @param action what it wants to do
     * @param uri the URI or pattern
     * @param match how the pattern is compared; exact for a URI
     */
    record Request(String realm, long session, Identity identity, Action action, Uri uri, MatchPolicy match) {}

    /**
     * Immutable. A decision.
     *
     * @param allow whether it may
     * @param disclose whether it is named, where it may publish or call
     * @param cache whether the decision holds for as long as the role says, for this session, action and URI; else it holds once
     */
    record Decision(boolean allow, Disclose disclose, boolean cache) {
        /** Yes; named if it asks. */
        public static final Decision ALLOWED = new Decision(true, Disclose.ON_REQUEST, true);
        /** No. */
        public static final Decision DENIED = new Decision(false, Disclose.ON_REQUEST, true);

        /** This decision for once. */
        public Decision uncached() {
            return new Decision(allow, disclose, false);
        }
    }
}
