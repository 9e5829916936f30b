package io.junctor.router.access;

import io.junctor.router.config.Rule;
import io.junctor.router.match.PatternMap;
import io.junctor.router.match.Patterns;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Immutable. Rules about one action, and of any two that match something which decides. */
final class RuleTable {
    static final RuleTable EMPTY = new RuleTable(List.of());

    /**
     * Immutable. A rule that denies.
     *
     * @param rule the rule
     * @param start what every URI that it is about starts with
     */
    private record Denial(Rule rule, String start) {
        static Denial of(Rule rule) {
            return new Denial(rule, Patterns.literalStart(rule.uri(), rule.match()));
        }

        /** Whether it denies something that the pattern can match; may say yes where it does not, never no where it does. */
        boolean overlaps(Uri pattern, MatchPolicy match, String patternStart) {
            if (!start.startsWith(patternStart) && !patternStart.startsWith(start)) {
                return false;
            }
            return switch (rule.match()) {
                case EXACT -> Patterns.matches(pattern, match, rule.uri());
                case PREFIX -> true;
                case WILDCARD -> match != MatchPolicy.WILDCARD || Patterns.haveCommonMatch(rule.uri(), pattern);
            };
        }
    }

    private final PatternMap<Rule> byUri = new PatternMap<>();
    private final List<Denial> denials;

    RuleTable(List<Rule> rules) {
        this.denials =
                rules.stream().filter(rule -> !rule.allow()).map(Denial::of).toList();
        for (Rule rule : rules) {
            Rule same = byUri.get(rule.uri(), rule.match());
            if (same == null) {
                byUri.put(rule.uri(), rule.match(), rule);
            } else if (same.allow() && !rule.allow()) {
                byUri.remove(rule.uri(), rule.match());
                byUri.put(rule.uri(), rule.match(), rule);
            }
        }
    }

    /** The one that decides about {@code uri}, or null. */
    @Nullable
    Rule matching(Uri uri) {
        return byUri.best(uri);
    }

    /** The one that decides about all of a pattern, or null. */
    @Nullable
    Rule covering(Uri pattern, MatchPolicy match) {
        return byUri.bestCovering(pattern, match);
    }

    /** Whether a rule that goes before {@code decisive}, or any where that is null, denies something the pattern can match. */
    boolean deniesPart(@Nullable Rule decisive, Uri pattern, MatchPolicy match) {
        Comparator<Rule> order = Specificity.MOST_SPECIFIC_FIRST;
        String start = Patterns.literalStart(pattern, match);
        for (Denial denial : denials) {
            if (denial.overlaps(pattern, match, start)
                    && (decisive == null || order.compare(denial.rule(), decisive) < 0)) {
                return true;
            }
        }
        return false;
    }
}
