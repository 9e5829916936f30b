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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** A role of a realm with its rules. */
final class RoleSection {
    private static final ScalarType<Duration> CACHE_TIME =
            ScalarType.duration(Duration.ZERO, AuthorizerConfig.LONGEST_CACHE);
    private static final Key<List<Action>> ACTIONS = Key.required(
            "actions",
            new ListType<>(EnumType.of(Action.class), "a list such as [call, register, publish, subscribe]", 1));
    private static final Key<Disclose> DISCLOSE = Key.oneOf("disclose", Disclose.ON_REQUEST);
    private static final Key<Integer> TRUST = Key.withDefault("trust", ScalarType.integer(0, 1_000_000), 0);
    private static final Key<Duration> RULE_CACHE = Key.optional("cache", CACHE_TIME);
    private static final Key<Duration> CACHE = Key.withDefault("cache", CACHE_TIME, AuthorizerConfig.DEFAULT_CACHE);

    private static final Key<List<Rule>> ALLOW =
            rules("allow", values -> new RuleEffect.Allow(values.get(DISCLOSE), values.get(TRUST)), DISCLOSE, TRUST);
    private static final Key<List<Rule>> DENY = rules("deny", values -> RuleEffect.Deny.DENY);
    private static final Key<List<Rule>> ASK =
            rules("ask", values -> new RuleEffect.Ask(values.find(RULE_CACHE)), RULE_CACHE);
    private static final Key<AuthorizerConfig> AUTHORIZER = Key.optional(
            "authorizer",
            Section.of(
                    "a map such as { procedure: com.example.authorize }",
                    List.of(UriKeys.PROCEDURE, RealmSection.PROCEDURE_REALM, CACHE),
                    RoleSection::authorizer));

    private static final Key<Boolean> SESSION_TRANSPORT = Key.withDefault(
            "session_transport", new EnumType<>(new TreeMap<>(Map.of("hide", false, "show", true))), false);

    static final Section<RoleConfig> SECTION = Section.of(
                    "a map with the keys allow, deny, ask and authorizer",
                    List.of(ALLOW, DENY, ASK, AUTHORIZER, SESSION_TRANSPORT),
                    RoleSection::build)
            .checkedBy(RoleSection::check);

    /** An action of which a role has one rule. */
    record RuledAction(Uri uri, MatchPolicy match, Action action) {}

    private RoleSection() {}

    private static Key<List<Rule>> rules(String name, Function<SectionValues, RuleEffect> effect, Key<?>... more) {
        Section<Rule> rule = Section.of(
                        "a rule such as { uri: com.example.add, actions: [call] }",
                        Stream.<Key<?>>concat(Stream.of(UriKeys.URI, UriKeys.MATCH, ACTIONS), Stream.of(more))
                                .toList(),
                        values -> new Rule(
                                values.get(UriKeys.URI),
                                values.get(UriKeys.MATCH),
                                Set.copyOf(values.get(ACTIONS)),
                                effect.apply(values),
                                values.node(UriKeys.URI).line()))
                .checkedBy(RoleSection::checkRule);
        return Key.list(name, rule, "a list of rules such as [{ uri: com.example.add, actions: [call] }]");
    }

    private static void checkRule(SectionValues values) {
        Uri uri = values.find(UriKeys.URI);
        MatchPolicy match = values.find(UriKeys.MATCH);
        if (uri == null || match == null) {
            return;
        }
        String problem = UriTemplate.problem(uri, match);
        if (problem == null) {
            UriKeys.check(uri, match, values.node(UriKeys.URI));
        } else {
            values.node(UriKeys.URI).error("'" + uri + "': " + problem);
        }
        rejectSecondRule(values, uri, match);
    }

    private static void rejectSecondRule(SectionValues values, Uri uri, MatchPolicy match) {
        YamlNode rule = values.node();
        for (Action action : Objects.requireNonNullElse(values.find(ACTIONS), List.<Action>of())) {
            YamlNode first = rule.document().addUnique(new RuledAction(uri, match, action), rule);
            if (first != null) {
                rule.error("'" + action.name().toLowerCase(Locale.ROOT) + "' of this URI with 'match: " + match.wire()
                        + "' already has a rule in '" + first.name() + "'" + first.inLine());
                return;
            }
        }
    }

    private static void check(SectionValues values) {
        List<YamlNode> asked = values.has(ASK) ? values.node(ASK).elements("a list") : null;
        if (asked != null && !asked.isEmpty() && !values.has(AUTHORIZER)) {
            asked.getFirst().error("'ask' needs an 'authorizer' in the same role");
        }
        values.document().endUnique(RuledAction.class);
    }

    private static RoleConfig build(SectionValues values) {
        List<Rule> rules = Stream.of(ALLOW, DENY, ASK)
                .flatMap(key -> values.get(key).stream())
                .toList();
        return new RoleConfig(rules, values.find(AUTHORIZER), values.get(SESSION_TRANSPORT));
    }

    private static AuthorizerConfig authorizer(SectionValues values) {
        AuthorizerConfig.Procedure procedure = new AuthorizerConfig.Procedure(
                values.get(UriKeys.PROCEDURE), values.find(RealmSection.PROCEDURE_REALM));
        return new AuthorizerConfig(procedure, values.get(CACHE));
    }
}
