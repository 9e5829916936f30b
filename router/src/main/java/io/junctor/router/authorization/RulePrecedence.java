package io.junctor.router.authorization;

import io.junctor.router.config.Rule;
import io.junctor.router.match.Patterns;
import io.junctor.wamp.value.MatchPolicy;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Which of several rules that fit decides: a rule that lets more through beats a stricter one only where it is narrower, that is,
 * where the stricter one fits all that it fits and more. Of the rules that none beats the strictest decides, and of equally strict
 * ones the most specific (section "Pattern-based Registrations", precedence).
 */
final class RulePrecedence {
    private static final Comparator<Rule> MOST_SPECIFIC_FIRST =
            Comparator.comparing(Rule::match).thenComparing(RulePrecedence::compareUris);

    /** The strictest first, of equally strict ones the most specific. */
    static final Comparator<Rule> STRICTEST_FIRST =
            Comparator.<Rule>comparingInt(rule -> rule.effect().laxity()).thenComparing(MOST_SPECIFIC_FIRST);

    private RulePrecedence() {}

    /** The rule that decides of those that fit, or null where there are none. */
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

    /** A rule that beats {@code rule}, or null. */
    static @Nullable Rule winner(Rule rule, List<Rule> fitting) {
        for (Rule other : fitting) {
            if (other.effect().laxity() > rule.effect().laxity() && isNarrower(other, rule)) {
                return other;
            }
        }
        return null;
    }

    /** Whether the second rule fits all that the first one fits, and more. */
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

    /** At the first difference the literal part goes first. */
    private static int compareParts(String[] one, String[] other) {
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            if (one[i].isEmpty() != other[i].isEmpty()) {
                return one[i].isEmpty() ? 1 : -1;
            }
        }
        return Integer.compare(other.length, one.length);
    }
}
