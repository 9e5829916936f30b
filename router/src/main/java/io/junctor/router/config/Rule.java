package io.junctor.router.config;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.Set;

/**
 * Immutable. Allows or denies actions on URIs.
 *
 * @param uri the URI or pattern
 * @param match how it is compared
 * @param actions the actions it is about
 * @param allow whether it allows them; it denies them otherwise
 */
public record Rule(Uri uri, MatchPolicy match, Set<Action> actions, boolean allow) {

    /** Copies the set. */
    public Rule {
        actions = Set.copyOf(actions);
        if (!UriRules.LOOSE.isPattern(uri, match)) {
            throw new IllegalArgumentException("'" + uri + "' is no URI for match " + match.wire());
        }
    }
}
