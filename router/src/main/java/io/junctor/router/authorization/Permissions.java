package io.junctor.router.authorization;

import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.config.auth.UriTemplate;
import io.junctor.router.spi.Action;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The permissions of a role (section "Authorization"). A request that no rule allows is denied. A rule applies to a request if it names the
 * action and matches the URI. Among the rules that apply, a rule that allows takes precedence over a rule that denies only if it is
 * narrower; otherwise the rule that denies decides (see {@link RulePrecedence}).
 */
public final class Permissions {
    /** The prefix of the procedures for operators, which give information about other sessions and about the router. */
    private static final String OPERATING = "junctor.";

    /**
     * The prefixes of the operator procedures that change the router or show its log. Only a rule whose URI begins with the same prefix
     * allows them.
     */
    private static final List<String> NAMED = List.of("junctor.config.reload", "junctor.log.");

    /** The standard procedures of the router that affect other sessions. */
    private static final Set<String> CHANGING = Set.of(
            "wamp.session.kill",
            "wamp.session.kill_by_authid",
            "wamp.session.kill_by_authrole",
            "wamp.session.kill_all",
            "wamp.authorization.invalidate",
            "wamp.subscription.remove_subscriber",
            "wamp.registration.remove_callee");

    /**
     * Whether a procedure is guarded: only rules whose URI begins with {@code wamp.} or {@code junctor.} apply to it, so a rule for all
     * URIs does not.
     */
    private static boolean isGuarded(Action action, Uri uri) {
        return action == Action.CALL && (uri.text().startsWith(OPERATING) || CHANGING.contains(uri.text()));
    }

    /** The prefix that the URI of a rule must have to allow a guarded procedure; empty if any of the router's own URIs suffices. */
    private static String beginning(String procedure) {
        return NAMED.stream().filter(procedure::startsWith).findFirst().orElse("");
    }

    /** The rules of each action, and the rules for {@linkplain #isGuarded guarded} procedures by {@link #beginning}. */
    private record ActionTables(Map<Action, RuleTable> byAction, Map<String, RuleTable> guarded) {
        static ActionTables of(List<Rule> rules) {
            Map<Action, RuleTable> byAction = new EnumMap<>(Action.class);
            for (Action action : Action.values()) {
                byAction.put(action, table(rules, rule -> rule.actions().contains(action)));
            }
            Map<String, RuleTable> guarded = new HashMap<>();
            List<Rule> own = rules.stream()
                    .filter(rule ->
                            rule.actions().contains(Action.CALL) && rule.uri().isReserved())
                    .toList();
            if (!own.isEmpty()) {
                guarded.put("", new RuleTable(own));
                NAMED.forEach(beginning -> guarded.put(beginning, table(own, rule -> names(rule, beginning))));
            }
            return new ActionTables(byAction, guarded);
        }

        private static boolean names(Rule rule, String beginning) {
            return !(rule.effect() instanceof RuleEffect.Allow)
                    || rule.uri().text().startsWith(beginning);
        }

        private static RuleTable table(List<Rule> rules, Predicate<Rule> which) {
            List<Rule> chosen = rules.stream().filter(which).toList();
            return chosen.isEmpty() ? RuleTable.EMPTY : new RuleTable(chosen);
        }

        RuleTable about(Action action, Uri uri) {
            return isGuarded(action, uri)
                    ? guarded.getOrDefault(beginning(uri.text()), RuleTable.EMPTY)
                    : byAction.getOrDefault(action, RuleTable.EMPTY);
        }
    }

    private final ActionTables common;
    private final ActionTables own;
    private final List<Rule> templates;
    /**
     * The actions that are always denied, because a rule that denies them cannot be completed with the identity of the
     * session.
     */
    private final Set<Action> closed;
    /** Whether an authorizer decides about requests to which no rule applies. */
    private final boolean asks;

    /** Sorts the rules of {@code role}. */
    public Permissions(RoleConfig role) {
        this(
                ActionTables.of(role.rules().stream()
                        .filter(rule -> !UriTemplate.isTemplate(rule.uri()))
                        .toList()),
                ActionTables.of(List.of()),
                role.rules().stream()
                        .filter(rule -> UriTemplate.isTemplate(rule.uri()))
                        .toList(),
                Set.of(),
                role.authorizer() != null);
    }

    private Permissions(ActionTables common, ActionTables own, List<Rule> templates, Set<Action> closed, boolean asks) {
        this.common = common;
        this.own = own;
        this.templates = templates;
        this.closed = closed;
        this.asks = asks;
    }

    /** Whether an authorizer decides about requests to which no rule applies. */
    public boolean asks() {
        return asks;
    }

    /**
     * The permissions of one session of this role: the variables in the URIs of the rules are replaced by the identity of the session. If
     * the result is not a URI, a rule that allows is omitted; for any other rule, all its actions are always denied.
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
                filled.add(new Rule(uri, rule.match(), rule.actions(), rule.effect(), rule.line()));
            } else if (!(rule.effect() instanceof RuleEffect.Allow)) {
                unclear.addAll(rule.actions());
            }
        }
        return new Permissions(common, ActionTables.of(filled), List.of(), unclear, asks);
    }

    /**
     * The effect of the rules on {@code action} for {@code uri}. A pattern is allowed only by a rule that covers every URI which the
     * pattern matches. If a rule denies a part of these URIs, or leaves a part to the authorizer, its effect applies to the whole pattern.
     * If no rule applies, the authorizer decides, except about procedures of the router that need a rule of their own; without an
     * authorizer the request is denied.
     */
    public RuleEffect effect(Action action, Uri uri, MatchPolicy match) {
        if (closed.contains(action)) {
            return RuleEffect.Deny.DENY;
        }
        RuleTable some = common.about(action, uri);
        RuleTable others = own.about(action, uri);
        MatchPolicy key = RuleTable.key(uri, match);
        if (key == MatchPolicy.EXACT) {
            Rule exact = stricter(some.exact(uri), others.exact(uri));
            if (exact != null) {
                return exact.effect();
            }
        }
        RuleCollector covering = new RuleCollector();
        some.forEachCovering(uri, key, covering);
        others.forEachCovering(uri, key, covering);
        Rule decisive = RulePrecedence.decisive(covering.rules);
        RuleEffect effect = decisive == null ? uncovered(action, uri) : decisive.effect();
        return key == MatchPolicy.EXACT ? effect : restricted(effect, some, others, uri, key);
    }

    /** Returns the effect together with the rules that cause it. For diagnosis only, because it takes longer than {@link #effect}. */
    public RuleExplanation explain(Action action, Uri uri, MatchPolicy match) {
        MatchPolicy key = RuleTable.key(uri, match);
        RuleCollector fitting = new RuleCollector();
        for (ActionTables tables : List.of(common, own)) {
            tables.about(action, uri).forEachCovering(uri, key, fitting);
        }
        Rule covering = RulePrecedence.decisive(fitting.rules);
        RuleCollector parts = new RuleCollector();
        if (key != MatchPolicy.EXACT) {
            for (ActionTables tables : List.of(common, own)) {
                tables.about(action, uri).forEachRestriction(uri, key, parts);
            }
        }
        RuleEffect effect = effect(action, uri, match);
        Rule decisive = parts.rules.stream()
                .filter(rule -> rule.effect().equals(effect))
                .min(RulePrecedence.STRICTEST_FIRST)
                .filter(rule -> covering == null || !covering.effect().equals(effect))
                .orElse(covering);
        List<Rule> all =
                Stream.concat(fitting.rules.stream(), parts.rules.stream()).toList();
        List<RuleExplanation.OverruledRule> others = decisive == null
                ? List.of()
                : all.stream()
                        .filter(rule -> rule != decisive)
                        .sorted(RulePrecedence.STRICTEST_FIRST)
                        .map(rule -> overruled(rule, decisive, fitting.rules))
                        .toList();
        return new RuleExplanation(effect, decisive, others, closed.contains(action));
    }

    private static RuleExplanation.OverruledRule overruled(Rule rule, Rule decisive, List<Rule> fitting) {
        Rule winner = fitting.contains(rule) ? RulePrecedence.winner(rule, fitting) : null;
        if (winner != null) {
            return new RuleExplanation.OverruledRule(rule, RuleExplanation.Reason.NARROWER, winner);
        }
        boolean stricter = decisive.effect().laxity() < rule.effect().laxity();
        RuleExplanation.Reason reason =
                stricter ? RuleExplanation.Reason.STRICTER : RuleExplanation.Reason.MORE_SPECIFIC;
        return new RuleExplanation.OverruledRule(rule, reason, decisive);
    }

    /** Whether the effect is to allow the request. */
    public boolean allows(Action action, Uri uri, MatchPolicy match) {
        return effect(action, uri, match) instanceof RuleEffect.Allow;
    }

    private RuleEffect uncovered(Action action, Uri uri) {
        return asks && !isGuarded(action, uri) ? RuleEffect.Ask.PLAIN : RuleEffect.Deny.DENY;
    }

    private static RuleEffect restricted(
            RuleEffect effect, RuleTable some, RuleTable others, Uri pattern, MatchPolicy match) {
        if (effect instanceof RuleEffect.Deny) {
            return effect;
        }
        RuleCollector parts = new RuleCollector();
        some.forEachRestriction(pattern, match, parts);
        others.forEachRestriction(pattern, match, parts);
        RuleEffect strictest = effect;
        for (Rule part : parts.rules) {
            strictest = strictest.stricter(part.effect());
        }
        return strictest;
    }

    private static @Nullable Rule stricter(@Nullable Rule one, @Nullable Rule other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return RulePrecedence.STRICTEST_FIRST.compare(one, other) <= 0 ? one : other;
    }

    /** Collects rules in a list. */
    private static final class RuleCollector implements Consumer<Rule> {
        final List<Rule> rules = new ArrayList<>(4);

        @Override
        public void accept(Rule rule) {
            rules.add(rule);
        }
    }
}
