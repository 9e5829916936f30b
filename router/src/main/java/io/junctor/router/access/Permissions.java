package io.junctor.router.access;

import io.junctor.router.config.Action;
import io.junctor.router.config.Effect;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.Rule;
import io.junctor.router.config.UriTemplate;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. What a role may do (section "Authorization"): nothing, but for its rules. Of the rules that name an action and
 * cover a URI, the most specific decides: exact before prefix before wildcard, longer prefixes before shorter ones, and of two
 * wildcard patterns the one whose first differing part is not empty. Of equal rules the strictest wins.
 */
public final class Permissions {
    /** Procedures of the router that change others: only a rule whose own URI begins with {@code wamp.} covers them. */
    private static final Set<String> CHANGING = Set.of(
            "wamp.session.kill",
            "wamp.session.kill_by_authid",
            "wamp.session.kill_by_authrole",
            "wamp.session.kill_all",
            "wamp.authorization.invalidate",
            "wamp.subscription.remove_subscriber",
            "wamp.registration.remove_callee");

    /** Immutable. Rules by the action they are about; those of the procedures that change others once more. */
    private record Tables(Map<Action, RuleTable> byAction, RuleTable changing) {
        static Tables of(List<Rule> rules) {
            Map<Action, RuleTable> byAction = new EnumMap<>(Action.class);
            for (Action action : Action.values()) {
                byAction.put(action, table(rules, rule -> rule.actions().contains(action)));
            }
            return new Tables(
                    byAction,
                    table(
                            rules,
                            rule -> rule.actions().contains(Action.CALL)
                                    && rule.uri().isReserved()));
        }

        private static RuleTable table(List<Rule> rules, Predicate<Rule> which) {
            List<Rule> chosen = rules.stream().filter(which).toList();
            return chosen.isEmpty() ? RuleTable.EMPTY : new RuleTable(chosen);
        }

        RuleTable about(Action action, Uri uri) {
            return action == Action.CALL && CHANGING.contains(uri.text())
                    ? changing
                    : byAction.getOrDefault(action, RuleTable.EMPTY);
        }
    }

    private final Tables common;
    private final Tables own;
    private final List<Rule> templates;
    /** What the session may not do at all, as there are denials that cannot be told from its identity. */
    private final Set<Action> closed;
    /** Whether somebody is asked where no rule decides. */
    private final boolean asks;

    /** Sorts the rules of {@code role}. */
    public Permissions(RoleConfig role) {
        this(
                Tables.of(role.rules().stream()
                        .filter(rule -> !UriTemplate.isTemplate(rule.uri()))
                        .toList()),
                Tables.of(List.of()),
                role.rules().stream()
                        .filter(rule -> UriTemplate.isTemplate(rule.uri()))
                        .toList(),
                Set.of(),
                role.authorizer() != null);
    }

    private Permissions(Tables common, Tables own, List<Rule> templates, Set<Action> closed, boolean asks) {
        this.common = common;
        this.own = own;
        this.templates = templates;
        this.closed = closed;
        this.asks = asks;
    }

    /** Whether an authorizer decides where no rule does. */
    public boolean asks() {
        return asks;
    }

    /**
     * What a session of this role may do: its rules with what their parts stand for. Where that cannot stand in a URI, a rule that allows is
     * left out, and of the actions of any other nothing is allowed at all.
     */
    public Permissions of(Identity identity) {
        if (templates.isEmpty()) {
            return this;
        }
        List<Rule> filled = new ArrayList<>();
        EnumSet<Action> unclear = EnumSet.noneOf(Action.class);
        for (Rule rule : templates) {
            Uri uri = UriTemplate.filled(rule.uri(), identity.authid(), identity.authrole());
            if (uri != null) {
                filled.add(new Rule(uri, rule.match(), rule.actions(), rule.effect()));
            } else if (!(rule.effect() instanceof Effect.Allow)) {
                unclear.addAll(rule.actions());
            }
        }
        return new Permissions(common, Tables.of(filled), List.of(), unclear, asks);
    }

    /**
     * What follows for {@code action} on {@code uri}. A pattern needs a rule that covers every URI it can match; where narrower rules deny a part
     * of it, or leave one to the authorizer, that holds for all of it. What no rule covers is left to the authorizer, if there is one and
     * it is no procedure that changes others.
     */
    public Effect effect(Action action, Uri uri, MatchPolicy match) {
        if (closed.contains(action)) {
            return Effect.Deny.DENY;
        }
        Rule decisive = decisive(action, uri, match);
        Effect effect = decisive == null ? uncovered(action, uri) : decisive.effect();
        return match == MatchPolicy.EXACT
                ? effect
                : Stream.of(common, own)
                        .flatMap(tables -> tables.about(action, uri).narrowings(decisive, uri, match))
                        .reduce(effect, Effect::stricter);
    }

    /** Whether {@link #effect} is that it is done. */
    public boolean allows(Action action, Uri uri, MatchPolicy match) {
        return effect(action, uri, match) instanceof Effect.Allow;
    }

    private Effect uncovered(Action action, Uri uri) {
        return asks && !(action == Action.CALL && CHANGING.contains(uri.text())) ? Effect.Ask.PLAIN : Effect.Deny.DENY;
    }

    private @Nullable Rule decisive(Action action, Uri uri, MatchPolicy match) {
        RuleTable some = common.about(action, uri);
        RuleTable others = own.about(action, uri);
        return match == MatchPolicy.EXACT
                ? first(some.matching(uri), others.matching(uri))
                : first(some.covering(uri, match), others.covering(uri, match));
    }

    private static @Nullable Rule first(@Nullable Rule one, @Nullable Rule other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Specificity.MOST_SPECIFIC_FIRST.compare(one, other) <= 0 ? one : other;
    }
}
