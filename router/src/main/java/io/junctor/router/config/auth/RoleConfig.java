package io.junctor.router.config.auth;

import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of a role may do: only what its rules allow. Where several rules cover a URI and name the
 * action, one that lets more through beats a stricter one only where it is narrower. What none covers the authorizer decides, if there is one, and also what
 * a rule leaves to it.
 *
 * @param rules the rules in the order of the file
 * @param authorizer the authorizer that decides where they do not, or null: then it is denied
 * @param seesTransports whether {@code wamp.session.get} tells its sessions the transport, address and client library
 *     of others
 */
public record RoleConfig(List<Rule> rules, @Nullable AuthorizerConfig authorizer, boolean seesTransports) {

    /** Copies the list. */
    public RoleConfig {
        rules = List.copyOf(rules);
        if (authorizer == null && rules.stream().anyMatch(rule -> rule.effect() instanceof RuleEffect.Ask)) {
            throw new IllegalArgumentException("a rule asks an authorizer, but the role has no authorizer");
        }
    }

    /** A role with rules only. */
    public RoleConfig(List<Rule> rules) {
        this(rules, null, false);
    }

    /** A role with rules and an authorizer. */
    public RoleConfig(List<Rule> rules, @Nullable AuthorizerConfig authorizer) {
        this(rules, authorizer, false);
    }

    /** A role that may do everything that a rule for {@code ""} can allow, but take procedures from others. */
    public static RoleConfig everything() {
        EnumSet<Action> actions = EnumSet.complementOf(EnumSet.of(Action.REPLACE));
        return new RoleConfig(List.of(new Rule(new Uri(""), MatchPolicy.PREFIX, actions, true)));
    }

    /** These rules with an authorizer. */
    public RoleConfig with(AuthorizerConfig other) {
        return new RoleConfig(rules, other, seesTransports);
    }

    /** This role, whose sessions are told the transports of others. */
    public RoleConfig seeingTransports() {
        return new RoleConfig(rules, authorizer, true);
    }
}
