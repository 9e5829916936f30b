package io.junctor.router.access;

import io.junctor.router.config.Action;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.Rule;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. What a role may do (section "Authorization"): nothing, but for its rules. Of the rules that name an action and
 * cover a URI, the most specific decides: exact before prefix before wildcard, longer prefixes before shorter ones, and of two
 * wildcard patterns the one whose first differing part is not empty. Of equal rules a denial wins.
 */
public final class Permissions {
    /** Procedures of the router that change others: only a rule whose own URI begins with {@code wamp.} covers them. */
    private static final Set<String> CHANGING = Set.of(
            "wamp.session.kill",
            "wamp.session.kill_by_authid",
            "wamp.session.kill_by_authrole",
            "wamp.session.kill_all",
            "wamp.subscription.remove_subscriber",
            "wamp.registration.remove_callee");

    private final Map<Action, List<Rule>> rulesBySpecificity = new EnumMap<>(Action.class);

    /** Sorts the rules of {@code role}. */
    public Permissions(RoleConfig role) {
        for (Action action : Action.values()) {
            List<Rule> rules = new ArrayList<>(role.rules());
            rules.removeIf(rule -> !rule.actions().contains(action));
            rules.sort(Specificity.MOST_SPECIFIC_FIRST);
            rulesBySpecificity.put(action, rules);
        }
    }

    /**
     * Whether {@code action} is allowed on {@code uri}. An action on a pattern needs a rule that covers every URI the pattern can
     * match, and no narrower rule may deny a part of it.
     */
    public boolean allows(Action action, Uri uri, MatchPolicy match) {
        return allowing(action, uri, match) != null;
    }

    /** The rule by which {@link #allows} says yes, or null where it says no. */
    public @Nullable Rule allowing(Action action, Uri uri, MatchPolicy match) {
        List<Rule> rules = rulesBySpecificity.getOrDefault(action, List.of());
        Rule decisive =
                match == MatchPolicy.EXACT ? firstMatching(action, rules, uri) : firstCovering(rules, uri, match);
        if (decisive == null || !decisive.allow()) {
            return null;
        }
        return match == MatchPolicy.EXACT || !isPartlyDenied(rules, decisive, uri, match) ? decisive : null;
    }

    private static @Nullable Rule firstMatching(Action action, List<Rule> rules, Uri uri) {
        boolean changing = action == Action.CALL && CHANGING.contains(uri.text());
        for (Rule rule : rules) {
            if (Patterns.matches(rule.uri(), rule.match(), uri)
                    && (!changing || rule.uri().isReserved())) {
                return rule;
            }
        }
        return null;
    }

    private static boolean isPartlyDenied(List<Rule> rules, Rule decisive, Uri pattern, MatchPolicy match) {
        for (Rule narrower : rules) {
            if (narrower == decisive) {
                return false;
            }
            if (!narrower.allow() && Patterns.overlap(narrower.uri(), narrower.match(), pattern, match)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Rule firstCovering(List<Rule> rules, Uri pattern, MatchPolicy match) {
        for (Rule rule : rules) {
            if (Patterns.covers(rule.uri(), rule.match(), pattern, match)) {
                return rule;
            }
        }
        return null;
    }
}
