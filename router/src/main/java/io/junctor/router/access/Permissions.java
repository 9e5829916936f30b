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
import org.jspecify.annotations.Nullable;

/**
 * Immutable. What a role may do (section "Authorization"): nothing, but for its rules. Of the rules that name an action and
 * cover a URI, the most specific decides: exact before prefix before wildcard, longer prefixes before shorter ones, and of two
 * wildcard patterns the one whose first differing part is not empty. Of equal rules a denial wins.
 */
public final class Permissions {
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
        List<Rule> rules = rulesBySpecificity.getOrDefault(action, List.of());
        return match == MatchPolicy.EXACT ? allowsExact(rules, uri) : allowsPattern(rules, uri, match);
    }

    private static boolean allowsExact(List<Rule> rules, Uri uri) {
        for (Rule rule : rules) {
            if (Patterns.matches(rule.uri(), rule.match(), uri)) {
                return rule.allow();
            }
        }
        return false;
    }

    private static boolean allowsPattern(List<Rule> rules, Uri pattern, MatchPolicy match) {
        Rule decisive = firstCovering(rules, pattern, match);
        if (decisive == null || !decisive.allow()) {
            return false;
        }
        for (Rule narrower : rules) {
            if (narrower == decisive) {
                return true;
            }
            if (!narrower.allow() && Patterns.overlap(narrower.uri(), narrower.match(), pattern, match)) {
                return false;
            }
        }
        return true;
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
