package io.junctor.server.yaml;

import io.junctor.router.config.AuthorizerConfig;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.Rule;
import io.junctor.router.config.RuleEffect;
import io.junctor.router.config.UriTemplate;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.Disclose;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A role of a realm with its rules. */
final class RoleSection {
    private static final ScalarType<Duration> CACHE_TIME =
            ScalarType.duration(Duration.ZERO, AuthorizerConfig.LONGEST_CACHE);

    private static final Key<List<Action>> ACTIONS = Key.required(
            "actions",
            new ListType<>(EnumType.of(Action.class), "a list such as [call, register, publish, subscribe]", 1));
    private static final Key<Disclose> DISCLOSE =
            Key.withDefault("disclose", EnumType.of(Disclose.class), Disclose.ON_REQUEST);
    private static final Key<Integer> TRUST = Key.withDefault("trust", ScalarType.integer(0, 1_000_000), 0);
    private static final Key<Duration> RULE_CACHE = Key.optional("cache", CACHE_TIME);

    private static final Key<List<Rule>> ALLOW = rules(
            "allow", List.of(DISCLOSE, TRUST), values -> new RuleEffect.Allow(values.get(DISCLOSE), values.get(TRUST)));
    private static final Key<List<Rule>> DENY = rules("deny", List.of(), values -> RuleEffect.Deny.DENY);
    private static final Key<List<Rule>> ASK =
            rules("ask", List.of(RULE_CACHE), values -> new RuleEffect.Ask(values.find(RULE_CACHE)));

    private static final Key<Duration> DECISION_CACHE =
            Key.withDefault("cache", CACHE_TIME, AuthorizerConfig.DEFAULT_CACHE);
    private static final Key<AuthorizerConfig> AUTHORIZER = Key.optional(
            "authorizer",
            Section.of(
                    "a map such as { procedure: com.example.authorize }",
                    List.of(UriKeys.PROCEDURE, RealmSection.PROCEDURE_REALM, DECISION_CACHE),
                    values -> new AuthorizerConfig(
                            new AuthorizerConfig.Procedure(
                                    new Uri(values.get(UriKeys.PROCEDURE)), values.find(RealmSection.PROCEDURE_REALM)),
                            values.get(DECISION_CACHE))));

    static final Section<RoleConfig> SECTION = Section.of(
                    "a map with the keys allow, deny, ask and authorizer",
                    List.of(ALLOW, DENY, ASK, AUTHORIZER),
                    values -> new RoleConfig(rules(values).toList(), values.find(AUTHORIZER)))
            .checkedBy(RoleSection::check);

    /** An action of which a role has one rule. */
    record RuledAction(Uri uri, MatchPolicy match, Action action) {}

    private RoleSection() {}

    private static Key<List<Rule>> rules(String name, List<Key<?>> more, Function<SectionValues, RuleEffect> effect) {
        List<Key<?>> keys = new ArrayList<>(List.of(UriKeys.URI, UriKeys.MATCH, ACTIONS));
        keys.addAll(more);
        Section<Rule> rule = Section.of(
                        "a rule such as { uri: com.example.add, actions: [call] }",
                        keys,
                        values -> rule(values, effect.apply(values)))
                .checkedBy(RoleSection::checkRule);
        String expected = "a list of rules such as [{ uri: com.example.add, actions: [call] }]";
        return Key.withDefault(name, new ListType<>(rule, expected, 0), List.of());
    }

    private static void checkRule(SectionValues values) {
        String uri = values.find(UriKeys.URI);
        MatchPolicy match = values.find(UriKeys.MATCH);
        if (uri == null || match == null) {
            return;
        }
        String problem = UriTemplate.problem(new Uri(uri), match);
        if (problem == null) {
            UriKeys.check(values);
        } else {
            values.node(UriKeys.URI).error("'" + uri + "': " + problem);
        }
        rejectSecondRule(values, new Uri(uri), match);
    }

    private static Rule rule(SectionValues values, RuleEffect effect) {
        return new Rule(
                UriKeys.uri(values),
                values.get(UriKeys.MATCH),
                Set.copyOf(values.get(ACTIONS)),
                effect,
                values.node(UriKeys.URI).line());
    }

    private static Stream<Rule> rules(SectionValues values) {
        return Stream.of(ALLOW, DENY, ASK)
                .flatMap(key -> Stream.ofNullable(values.find(key)).flatMap(List::stream));
    }

    private static void check(SectionValues values) {
        List<YamlNode> asked = values.has(ASK) ? values.node(ASK).elements("a list") : null;
        if (asked != null && !asked.isEmpty() && !values.has(AUTHORIZER)) {
            asked.getFirst().error("'ask' needs an 'authorizer' in the same role");
        }
        values.node().document().endUnique(RuledAction.class);
    }

    private static void rejectSecondRule(SectionValues values, Uri uri, MatchPolicy match) {
        for (Action action : Objects.requireNonNullElse(values.find(ACTIONS), List.<Action>of())) {
            YamlNode first = values.node().document().addUnique(new RuledAction(uri, match, action), values.node());
            if (first != null) {
                values.node()
                        .error("'" + action.name().toLowerCase(Locale.ROOT) + "' of this URI with 'match: "
                                + match.wire() + "' stands in '" + first.name() + "' already" + first.inLine());
                return;
            }
        }
    }
}
