package io.junctor.router.authorization;

import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains why the rules of a role allow or deny a request.
 *
 * @param effect the effect
 * @param decisive the rule that decides, or null if no rule matches
 * @param others the other matching rules, each with the reason why it does not decide
 * @param closed true if the authid or authrole of the session cannot be inserted into the URI of a rule, so that the action is denied for
 *     all URIs
 */
public record RuleExplanation(RuleEffect effect, @Nullable Rule decisive, List<OverruledRule> others, boolean closed) {

    /** Copies the list. */
    public RuleExplanation {
        others = List.copyOf(others);
    }

    /**
     * A rule that matches and does not decide.
     *
     * @param rule the rule
     * @param reason why it does not decide
     * @param by the rule that takes precedence over it
     */
    public record OverruledRule(Rule rule, Reason reason, Rule by) {}

    /** The reason why a rule does not decide. */
    public enum Reason {
        /** A narrower rule allows more. */
        NARROWER,
        /** A stricter rule matches, and this rule is not narrower. */
        STRICTER,
        /** An equally strict rule is more specific. */
        MORE_SPECIFIC
    }
}
