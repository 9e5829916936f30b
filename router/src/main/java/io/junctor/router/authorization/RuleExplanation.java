package io.junctor.router.authorization;

import io.junctor.router.config.Rule;
import io.junctor.router.config.RuleEffect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Why a role may do something or not.
 *
 * @param effect what follows
 * @param decisive the rule that decides, or null where that is no rule
 * @param others the other rules that fit, each with the reason why it does not decide
 * @param closed whether a rule that names the session could not be filled in, so that all of the action is denied
 */
public record RuleExplanation(RuleEffect effect, @Nullable Rule decisive, List<Loser> others, boolean closed) {

    /** Copies the list. */
    public RuleExplanation {
        others = List.copyOf(others);
    }

    /**
     * Immutable. A rule that fits and does not decide.
     *
     * @param rule the rule
     * @param reason why it does not decide
     * @param by the rule that it loses to
     */
    public record Loser(Rule rule, Reason reason, Rule by) {}

    /** Immutable. Why a rule does not decide. */
    public enum Reason {
        /** A rule that lets more through is narrower. */
        NARROWER,
        /** A stricter rule fits, and this one is not narrower than that one. */
        STRICTER,
        /** An equally strict rule is more specific. */
        MORE_SPECIFIC
    }
}
