package io.junctor.router.access;

import io.junctor.router.config.Effect;
import io.junctor.router.config.Rule;
import io.junctor.router.match.PatternMap;
import io.junctor.router.match.Patterns;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Immutable. Rules about one action, and of any two that match something which decides. */
final class RuleTable {
    static final RuleTable EMPTY = new RuleTable(List.of());

    /**
     * Immutable. A rule that does not simply allow.
     *
     * @param rule the rule
     * @param start what every URI that it is about starts with
     */
    private record Narrowing(Rule rule, String start) {
        static Narrowing of(Rule rule) {
            return new Narrowing(rule, Patterns.literalStart(rule.uri(), rule.match()));
        }

        /** Whether it is about something that the pattern can match; may say yes where it is not, never no where it is. */
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
    private final List<Narrowing> narrowings;

    RuleTable(List<Rule> rules) {
        this.narrowings = rules.stream()
                .filter(rule -> !(rule.effect() instanceof Effect.Allow))
                .map(Narrowing::of)
                .toList();
        for (Rule rule : rules) {
            Rule same = byUri.get(rule.uri(), rule.match());
            if (same == null) {
                byUri.put(rule.uri(), rule.match(), rule);
            } else if (Specificity.MOST_SPECIFIC_FIRST.compare(rule, same) < 0) {
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

    /**
     * What rules that go before {@code decisive}, all where that is null, do to something the pattern can match, unless they
     * allow it.
     */
    Stream<Effect> narrowings(@Nullable Rule decisive, Uri pattern, MatchPolicy match) {
        String start = Patterns.literalStart(pattern, match);
        return narrowings.stream()
                .filter(narrowing -> narrowing.overlaps(pattern, match, start))
                .map(Narrowing::rule)
                .filter(rule -> decisive == null || Specificity.MOST_SPECIFIC_FIRST.compare(rule, decisive) < 0)
                .map(Rule::effect);
    }
}
