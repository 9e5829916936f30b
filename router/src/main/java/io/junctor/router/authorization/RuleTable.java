package io.junctor.router.authorization;

import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.match.PatternMap;
import io.junctor.router.match.Patterns;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the rules of one action that apply to a URI or pattern. */
final class RuleTable {
    static final RuleTable EMPTY = new RuleTable(List.of());

    private final PatternMap<Rule> byUri = new PatternMap<>();
    /** The rules that deny, or that leave the decision to the authorizer. */
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

    /**
     * The match policy under which a rule is stored: exact for a wildcard pattern without an empty part, because it matches one URI only.
     */
    static MatchPolicy key(Uri uri, MatchPolicy match) {
        return match == MatchPolicy.WILDCARD && !Patterns.hasEmptyPart(uri) ? MatchPolicy.EXACT : match;
    }

    /** The rule for exactly this URI, or null. It takes precedence over all rules for patterns. */
    @Nullable
    Rule exact(Uri uri) {
        return byUri.get(uri, MatchPolicy.EXACT);
    }

    /** Passes each rule to {@code action} that covers every URI which the pattern matches. */
    void forEachCovering(Uri pattern, MatchPolicy match, Consumer<Rule> action) {
        byUri.forEachCovering(pattern, match, action);
    }

    /**
     * Passes each rule to {@code action} that does not allow, and covers a part of the URIs which the pattern matches,
     * but not all of them.
     */
    void forEachRestriction(Uri pattern, MatchPolicy match, Consumer<Rule> action) {
        for (Rule rule : restrictions) {
            if (Patterns.mayOverlap(rule.uri(), rule.match(), pattern, match)
                    && !Patterns.covers(rule.uri(), rule.match(), pattern, match)) {
                action.accept(rule);
            }
        }
    }
}
