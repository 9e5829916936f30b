package io.junctor.router.access;

import io.junctor.router.config.Rule;
import io.junctor.router.match.PatternMap;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Immutable. Rules about one action, and of any two that match something which decides. */
final class RuleTable {
    static final RuleTable EMPTY = new RuleTable(List.of());

    private final List<Rule> bySpecificity;
    private final List<Rule> denials;
    private final PatternMap<Rule> byUri = new PatternMap<>();

    RuleTable(List<Rule> rules) {
        this.bySpecificity =
                rules.stream().sorted(Specificity.MOST_SPECIFIC_FIRST).toList();
        this.denials = bySpecificity.stream().filter(rule -> !rule.allow()).toList();
        for (Rule rule : bySpecificity) {
            // Of equal rules the first, which is a denial if one of them is.
            if (byUri.get(rule.uri(), rule.match()) == null) {
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
        for (Rule rule : bySpecificity) {
            if (Patterns.covers(rule.uri(), rule.match(), pattern, match)) {
                return rule;
            }
        }
        return null;
    }

    /** Whether a rule that goes before {@code decisive}, or any where that is null, denies something the pattern can match. */
    boolean deniesPart(@Nullable Rule decisive, Uri pattern, MatchPolicy match) {
        Comparator<Rule> order = Specificity.MOST_SPECIFIC_FIRST;
        for (Rule denial : denials) {
            if (decisive != null && order.compare(denial, decisive) >= 0) {
                return false;
            }
            if (Patterns.overlap(denial.uri(), denial.match(), pattern, match)) {
                return true;
            }
        }
        return false;
    }
}
