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
import java.util.function.Function;
import java.util.stream.Stream;

/** A role of a realm with its rules. */
final class RoleSection {
    private static final ScalarType<Duration> CACHE_TIME =
            ScalarType.duration(Duration.ZERO, AuthorizerConfig.LONGEST_CACHE);
    private static final String RULES = "a list of rules such as [{ uri: com.example.add, actions: [call] }]";

    private static final Section<Rule> ALLOW = rule(
            new KeyTable().oneOf("disclose", Disclose.ON_REQUEST).key("trust", ScalarType.integer(0, 1_000_000), 0),
            values -> values.record(RuleEffect.Allow.class, "trust_level=trust"));
    private static final Section<Rule> DENY = rule(new KeyTable(), values -> RuleEffect.Deny.DENY);
    private static final Section<Rule> ASK =
            rule(new KeyTable().optional("cache", CACHE_TIME), values -> values.record(RuleEffect.Ask.class));

    private static final Section<AuthorizerConfig> AUTHORIZER = new KeyTable(
                    "a map such as { procedure: com.example.authorize }")
            .all(Names.PROCEDURE)
            .key("cache", CACHE_TIME, AuthorizerConfig.DEFAULT_CACHE)
            .build(values -> new AuthorizerConfig(
                    new AuthorizerConfig.Procedure(values.get("procedure"), values.find("realm")),
                    values.get("cache")));

    static final Section<RoleConfig> SECTION = new KeyTable("a map with the keys allow, deny, ask and authorizer")
            .list("allow", ALLOW, RULES)
            .list("deny", DENY, RULES)
            .list("ask", ASK, RULES)
            .optional("authorizer", AUTHORIZER)
            .key("session_transport", ScalarType.oneOf(List.of(false, true), shown -> shown ? "show" : "hide"), false)
            .check(RoleSection::check)
            .build(RoleSection::build);

    /** An action of which a role has one rule. */
    record RuledAction(Uri uri, MatchPolicy match, Action action) {}

    private RoleSection() {}

    private static Section<Rule> rule(KeyTable more, Function<SectionValues, RuleEffect> effect) {
        return new KeyTable("a rule such as { uri: com.example.add, actions: [call] }")
                .all(Names.PATTERN)
                .required(
                        "actions",
                        ScalarType.oneOf(Action.class).some("a list such as [call, register, publish, subscribe]"))
                .all(more)
                .check(RoleSection::checkRule)
                .build(values -> values.with("effect", effect.apply(values))
                        .with("line", values.node("uri").line())
                        .record(Rule.class));
    }

    private static void checkRule(SectionValues values) {
        Uri uri = values.find("uri");
        MatchPolicy match = values.find("match");
        if (uri == null || match == null) {
            return;
        }
        String problem = UriTemplate.problem(uri, match);
        if (problem == null) {
            Names.check(uri, match, values.node("uri"));
        } else {
            values.node("uri").error("'" + uri + "': " + problem);
        }
        YamlNode rule = values.node();
        for (Action action : values.get("actions", List.<Action>of())) {
            YamlNode first = rule.document().addUnique(new RuledAction(uri, match, action), rule);
            if (first != null) {
                rule.error("'" + action.name().toLowerCase(Locale.ROOT) + "' of this URI with 'match: " + match.wire()
                        + "' already has a rule in '" + first.name() + "'" + first.inLine());
                return;
            }
        }
    }

    private static void check(SectionValues values) {
        List<YamlNode> asked = values.has("ask") ? values.node("ask").elements("a list") : null;
        if (asked != null && !asked.isEmpty() && !values.has("authorizer")) {
            asked.getFirst().error("'ask' needs an 'authorizer' in the same role");
        }
        values.document().endUnique(RuledAction.class);
    }

    private static RoleConfig build(SectionValues values) {
        List<Rule> rules = Stream.of("allow", "deny", "ask")
                .flatMap(key -> values.<List<Rule>>get(key).stream())
                .toList();
        return new RoleConfig(rules, values.find("authorizer"), values.get("session_transport"));
    }
}
