package io.junctor.router.access;

import io.junctor.router.config.Rule;
import io.junctor.wamp.value.MatchPolicy;
import java.util.Comparator;

/** Immutable. The order in which rules are asked (section "Pattern-based Registrations", precedence); of equal ones the strictest first. */
enum Specificity implements Comparator<Rule> {
    MOST_SPECIFIC_FIRST;

    private static final Comparator<Rule> ORDER = Comparator.comparing(Rule::match)
            .thenComparing(Specificity::compareUris)
            .thenComparingInt(rule -> rule.effect().laxity());

    @Override
    public int compare(Rule one, Rule other) {
        return ORDER.compare(one, other);
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
