package io.junctor.router.authorization;

import io.junctor.router.config.Rule;
import io.junctor.router.config.RuleEffect;
import io.junctor.router.match.PatternMap;
import io.junctor.router.match.Patterns;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rules about one action, found by the URIs and patterns that they fit. */
final class RuleTable {
    static final RuleTable EMPTY = new RuleTable(List.of());

    private final PatternMap<Rule> byUri = new PatternMap<>();
    /** Those that do not simply allow. */
    private final List<Rule> restrictions;

    RuleTable(List<Rule> rules) {
        this.restrictions = rules.stream()
                .filter(rule -> !(rule.effect() instanceof RuleEffect.Allow))
                .toList();
        for (Rule rule : rules) {
            MatchPolicy match = key(rule.uri(), rule.match());
            Rule same = byUri.get(rule.uri(), match);
            if (same == null) {
                byUri.put(rule.uri(), match, rule);
            } else if (RulePrecedence.STRICTEST_FIRST.compare(rule, same) < 0) {
                byUri.remove(rule.uri(), match);
                byUri.put(rule.uri(), match, rule);
            }
        }
    }

    /** A wildcard pattern without an empty part matches one URI only. */
    static MatchPolicy key(Uri uri, MatchPolicy match) {
        return match == MatchPolicy.WILDCARD && !Patterns.hasEmptyPart(uri) ? MatchPolicy.EXACT : match;
    }

    /** The rule for this very URI, or null. No rule for more than that URI can beat it. */
    @Nullable
    Rule exact(Uri uri) {
        return byUri.get(uri, MatchPolicy.EXACT);
    }

    /** Hands on the rules that fit all that the pattern matches. */
    void forEachCovering(Uri pattern, MatchPolicy match, Consumer<Rule> action) {
        byUri.forEachCovering(pattern, match, action);
    }

    /** Hands on the rules that do not allow and fit a part of what the pattern matches, but not all of it. */
    void forEachRestriction(Uri pattern, MatchPolicy match, Consumer<Rule> action) {
        for (Rule rule : restrictions) {
            if (Patterns.mayOverlap(rule.uri(), rule.match(), pattern, match)
                    && !Patterns.covers(rule.uri(), rule.match(), pattern, match)) {
                action.accept(rule);
            }
        }
    }
}
