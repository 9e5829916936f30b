package io.junctor.router.config;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.Set;

/**
 * Immutable. Allows or denies actions on URIs, or leaves them to an authorizer.
 *
 * @param uri the URI or pattern, which may have parts as {@link UriTemplate} says
 * @param match how it is compared
 * @param actions the actions it is about
 * @param effect what follows
 */
public record Rule(Uri uri, MatchPolicy match, Set<Action> actions, Effect effect) {

    /** A rule that allows and names senders who ask for it, or one that denies. */
    public Rule(Uri uri, MatchPolicy match, Set<Action> actions, boolean allow) {
        this(uri, match, actions, allow ? Effect.Allow.PLAIN : Effect.Deny.DENY);
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
