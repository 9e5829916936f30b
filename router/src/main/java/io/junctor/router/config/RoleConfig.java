package io.junctor.router.config;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.EnumSet;
import java.util.List;

/**
 * Immutable. What the sessions of a role may do: nothing, but for the rules. Where several rules cover a URI and name the
 * action, the most specific one decides.
 *
 * @param rules the rules in the order of the file
 */
public record RoleConfig(List<Rule> rules) {

    /** Copies the list. */
    public RoleConfig {
        rules = List.copyOf(rules);
    }

    /** A role that may do everything that a rule for {@code ""} can allow, but take procedures from others. */
    public static RoleConfig everything() {
        EnumSet<Action> actions = EnumSet.complementOf(EnumSet.of(Action.REPLACE));
        return new RoleConfig(List.of(new Rule(new Uri(""), MatchPolicy.PREFIX, actions, true)));
    }
}
