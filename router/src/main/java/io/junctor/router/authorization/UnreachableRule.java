package io.junctor.router.authorization;

import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.config.auth.UriTemplate;
import io.junctor.router.match.Patterns;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule that has no effect on one of its actions, which is probably a mistake in the configuration.
 *
 * @param rule the rule
 * @param action the action
 * @param reason why it has no effect, as a sentence without a full stop
 */
public record UnreachableRule(Rule rule, Action action, String reason) {

    /** Finds the rules of {@code role} without effect, in the order of its rules. */
    public static List<UnreachableRule> of(RoleConfig role) {
        List<UnreachableRule> idle = new ArrayList<>();
        for (Rule rule : role.rules()) {
            rule.actions().stream().sorted().forEach(action -> {
                String reason = reason(rule, action, role);
                if (reason != null) {
                    idle.add(new UnreachableRule(rule, action, reason));
                }
            });
        }
        return idle;
    }

    private static @Nullable String reason(Rule rule, Action action, RoleConfig role) {
        boolean claims = action == Action.PUBLISH || action == Action.REGISTER || action == Action.REPLACE;
        if (claims && rule.uri().isReserved()) {
            return "no client may publish or register URIs that begin with 'wamp.' or 'junctor.'";
        }
        Rule same = role.rules().stream()
                .filter(other -> other != rule && other.actions().contains(action))
                .filter(other -> other.effect().laxity() < rule.effect().laxity() && fitTheSame(rule, other))
                .findFirst()
                .orElse(null);
        if (same != null) {
            return "a stricter rule" + place(same) + " fits the same URIs";
        }
        if (rule.effect() instanceof RuleEffect.Deny) {
            boolean needed = role.authorizer() != null || someAllows(rule, action, role);
            return needed ? null : "nothing allows what it denies";
        }
        return action == Action.REPLACE && role.authorizer() == null && !someAllows(rule, Action.REGISTER, role)
                ? "'replace' needs 'register' for the same URIs as well"
                : null;
    }

    /** The text {@code " in line n"}; empty for a rule that does not come from a file. */
    private static String place(Rule rule) {
        return rule.line() == 0 ? "" : " in line " + rule.line();
    }

    private static boolean someAllows(Rule rule, Action action, RoleConfig role) {
        return role.rules().stream()
                .filter(other -> !(other.effect() instanceof RuleEffect.Deny))
                .anyMatch(other -> other.actions().contains(action) && mayOverlap(rule, other));
    }

    private static boolean fitTheSame(Rule one, Rule other) {
        return Patterns.covers(one.uri(), one.match(), other.uri(), other.match())
                && Patterns.covers(other.uri(), other.match(), one.uri(), one.match());
    }

    private static boolean mayOverlap(Rule one, Rule other) {
        return Patterns.mayOverlap(anySession(one), policy(one), anySession(other), policy(other));
    }

    /** A pattern that covers the URIs which the rule matches for any session. */
    private static Uri anySession(Rule rule) {
        String text = rule.uri().text();
        if (!UriTemplate.isTemplate(rule.uri())) {
            return rule.uri();
        }
        return new Uri(
                rule.match() == MatchPolicy.PREFIX
                        ? text.substring(0, text.indexOf('{'))
                        : text.replace(UriTemplate.AUTHID, "").replace(UriTemplate.AUTHROLE, ""));
    }

    private static MatchPolicy policy(Rule rule) {
        boolean anyPart = rule.match() == MatchPolicy.EXACT && UriTemplate.isTemplate(rule.uri());
        return anyPart ? MatchPolicy.WILDCARD : rule.match();
    }
}
