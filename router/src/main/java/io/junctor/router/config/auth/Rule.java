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
 * @param uri the URI or pattern, which may contain placeholders, see {@link UriTemplate}
 * @param match the match policy of the URI
 * @param actions the actions to which the rule applies
 * @param effect the effect of the rule
 * @param line the line of the rule in the configuration file; 0 if the rule does not come from a file
 */
public record Rule(Uri uri, MatchPolicy match, Set<Action> actions, RuleEffect effect, int line) {

    /** Creates a rule that does not come from a file. */
    public Rule(Uri uri, MatchPolicy match, Set<Action> actions, RuleEffect effect) {
        this(uri, match, actions, effect, 0);
    }

    /** Creates a rule that denies, or a rule that allows and discloses senders that ask to be disclosed. */
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

    /** Compares two rules without their lines. */
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
