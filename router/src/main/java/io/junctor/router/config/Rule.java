package io.junctor.router.config;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.Set;

/**
 * Immutable. Allows or denies actions on URIs.
 *
 * @param uri the URI or pattern, which may have parts as {@link UriTemplate} says
 * @param match how it is compared
 * @param actions the actions it is about
 * @param allow whether it allows them; it denies them otherwise
 * @param disclose whether who publishes or calls is named
 * @param trustLevel what receivers are told about how far to trust, 0 lowest
 */
public record Rule(Uri uri, MatchPolicy match, Set<Action> actions, boolean allow, Disclose disclose, int trustLevel) {

    /** A rule that names senders who ask for it, with the lowest trust level. */
    public Rule(Uri uri, MatchPolicy match, Set<Action> actions, boolean allow) {
        this(uri, match, actions, allow, Disclose.ON_REQUEST, 0);
    }

    /** Copies the set. */
    public Rule {
        actions = Set.copyOf(actions);
        if (!UriRules.LOOSE.isPattern(uri, match)) {
            throw new IllegalArgumentException("'" + uri + "' is no URI for match " + match.wire());
        }
        String problem = UriTemplate.problem(uri, match);
        if (problem != null) {
            throw new IllegalArgumentException("'" + uri + "': " + problem);
        }
    }
}
