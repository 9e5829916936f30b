package io.junctor.router.authorization;

import io.junctor.router.config.auth.Rule;
import io.junctor.router.match.Patterns;
import io.junctor.wamp.value.MatchPolicy;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects the rule that decides among the rules that match a URI.
 *
 * <p>A rule that allows more takes precedence over a stricter rule only if it is narrower, that is, if the stricter rule covers all its
 * URIs and further URIs. Among the rules over which no other rule takes precedence, the strictest rule decides; among equally strict rules,
 * the most specific rule decides (section "Pattern-based Registrations", precedence).
 */
final class RulePrecedence {
    private static final Comparator<Rule> MOST_SPECIFIC_FIRST =
            Comparator.comparing(Rule::match).thenComparing(RulePrecedence::compareUris);

    /** Sorts the strictest rule first, and the most specific among equally strict ones. */
    static final Comparator<Rule> STRICTEST_FIRST =
            Comparator.<Rule>comparingInt(rule -> rule.effect().laxity()).thenComparing(MOST_SPECIFIC_FIRST);

    private RulePrecedence() {}

    /** Returns the rule that decides, or null if no rule matches. */
    static @Nullable Rule decisive(List<Rule> fitting) {
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        Rule first = null;
        for (Rule rule : fitting) {
            if ((first == null || STRICTEST_FIRST.compare(rule, first) < 0) && winner(rule, fitting) == null) {
                first = rule;
            }
        }
        return first;
    }

    /** Returns a rule that takes precedence over {@code rule}, or null. */
    static @Nullable Rule winner(Rule rule, List<Rule> fitting) {
        for (Rule other : fitting) {
            if (other.effect().laxity() > rule.effect().laxity() && isNarrower(other, rule)) {
                return other;
            }
        }
        return null;
    }

    /** True if {@code other} covers all URIs that {@code one} covers, and more. */
    static boolean isNarrower(Rule one, Rule other) {
        return covers(other, one) && !covers(one, other);
    }

    private static boolean covers(Rule one, Rule other) {
        return Patterns.covers(one.uri(), one.match(), other.uri(), other.match());
    }

    private static int compareUris(Rule one, Rule other) {
        return one.match() == MatchPolicy.WILDCARD
                ? compareParts(parts(one), parts(other))
                : Integer.compare(other.uri().text().length(), one.uri().text().length());
    }

    private static String[] parts(Rule rule) {
        return rule.uri().text().split("\\.", -1);
    }

    /**
     * Compares two wildcard patterns: at the first index where only one of them has an empty part, the pattern with the literal part sorts
     * first.
     */
    private static int compareParts(String[] one, String[] other) {
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            if (one[i].isEmpty() != other[i].isEmpty()) {
                return one[i].isEmpty() ? 1 : -1;
            }
        }
        return Integer.compare(other.length, one.length);
    }
}
