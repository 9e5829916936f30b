package io.junctor.router.config.auth;

import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The permissions of the sessions of a role: a session may do only what the rules or the authorizer allow. If several rules apply to a
 * request, a rule that allows more takes precedence over a stricter rule only if it is narrower. The authorizer decides about requests to
 * which no rule applies, and about requests that a rule leaves to it.
 *
 * @param rules the rules in the order of the file
 * @param authorizer the authorizer for requests that the rules leave undecided; null if such requests are denied
 * @param seesTransports whether {@code wamp.session.get} shows its sessions the transport, address and client library of other sessions
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

    /** A role that may do everything that a rule for the prefix {@code ""} can allow, except replace the callees of procedures. */
    public static RoleConfig everything() {
        EnumSet<Action> actions = EnumSet.complementOf(EnumSet.of(Action.REPLACE));
        return new RoleConfig(List.of(new Rule(new Uri(""), MatchPolicy.PREFIX, actions, true)));
    }

    /** A copy with an authorizer. */
    public RoleConfig with(AuthorizerConfig other) {
        return new RoleConfig(rules, other, seesTransports);
    }

    /** A copy whose sessions can see the transports of other sessions. */
    public RoleConfig seeingTransports() {
        return new RoleConfig(rules, authorizer, true);
    }
}
