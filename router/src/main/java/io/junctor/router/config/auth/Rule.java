package io.junctor.router.config.auth;

import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Allows or denies actions on URIs, or leaves the decision to an authorizer.
 *
 * @param uri the URI or pattern, which may have parts as {@link UriTemplate} says
 * @param match how it is compared
 * @param actions the actions it is about
 * @param effect what follows
 * @param line the line of the configuration file where it stands, 0 where it stands in none
 */
public record Rule(Uri uri, MatchPolicy match, Set<Action> actions, RuleEffect effect, int line) {

    /** A rule that stands in no file. */
    public Rule(Uri uri, MatchPolicy match, Set<Action> actions, RuleEffect effect) {
        this(uri, match, actions, effect, 0);
    }

    /** A rule that denies, or one that allows and discloses senders that ask for it. */
    public Rule(Uri uri, MatchPolicy match, Set<Action> actions, boolean allow) {
        this(uri, match, actions, allow ? RuleEffect.Allow.PLAIN : RuleEffect.Deny.DENY);
    }

    /** Copies the set. */
    public Rule {
        actions = Set.copyOf(actions);
        if (!UriRules.LOOSE.isPattern(uri, match)) {
            throw new IllegalArgumentException("'" + uri + "' is no URI for match " + match.wire());
        }
        String problem = UriTemplate.problem(uri, match);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** Whether both say the same, wherever they stand. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rule rule
                && uri.equals(rule.uri)
                && match == rule.match
                && actions.equals(rule.actions)
                && effect.equals(rule.effect);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri, match, actions, effect);
    }
}
