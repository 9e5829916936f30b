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
import org.jspecify.annotations.Nullable;

/** A role of a realm with its rules. */
final class RoleSection {
    private static final ScalarType<Duration> CACHE_TIME =
            ScalarType.duration(Duration.ZERO, AuthorizerConfig.LONGEST_CACHE);

    private static final Section<Rule> ALLOW = rule(
            Section.group().oneOf("disclose", Disclose.ON_REQUEST).key("trust", ScalarType.integer(0, 1_000_000), 0),
            values -> values.record(RuleEffect.Allow.class, "trust_level=trust"));
    private static final Section<Rule> DENY = rule(Section.group(), values -> RuleEffect.Deny.DENY);
    private static final Section<Rule> ASK =
            rule(Section.group().optional("cache", CACHE_TIME), values -> values.record(RuleEffect.Ask.class));

    private static final Section<AuthorizerConfig> AUTHORIZER = Section.of(
                    AuthorizerConfig.class, "a map such as { procedure: com.example.authorize }")
            .all(Names.PROCEDURE)
            .key("cache", CACHE_TIME, AuthorizerConfig.DEFAULT_CACHE)
            .derive("source", values -> values.record(AuthorizerConfig.Procedure.class, "uri=procedure"));

    static final Section<RoleConfig> SECTION = Section.of(
                    RoleConfig.class,
                    "a map with the keys allow, deny, ask and authorizer",
                    "sees_transports=session_transport")
            .list("allow", ALLOW)
            .list("deny", DENY)
            .list("ask", ASK)
            .optional("authorizer", AUTHORIZER)
            .key("session_transport", ScalarType.oneOf(List.of(false, true), shown -> shown ? "show" : "hide"), false)
            .check(RoleSection::check)
            .derive("rules", RoleSection::rules);

    /** An action of which a role has one rule. */
    record RuledAction(Uri uri, MatchPolicy match, Action action) {}

    private RoleSection() {}

    private static Section<Rule> rule(Section<SectionValues> more, Function<SectionValues, RuleEffect> effect) {
        return Section.of(Rule.class, "a rule such as { uri: com.example.add, actions: [call] }")
                .all(Names.pattern("uri", "a URI or pattern in quotes, such as \"com.example.\"", RoleSection::problem))
                .required("actions", ScalarType.oneOf(Action.class).some())
                .all(more)
                .check(RoleSection::checkUnique)
                .derive("effect", effect::apply)
                .derive("line", values -> values.node("uri").line());
    }

    private static @Nullable String problem(Uri uri, MatchPolicy match) {
        String problem = UriTemplate.problem(uri, match);
        return problem == null ? null : "'" + uri + "': " + problem;
    }

    private static void checkUnique(SectionValues values) {
        if (!values.areValid("uri", "match", "actions")) {
            return;
        }
        MatchPolicy match = values.get("match");
        YamlNode rule = values.node();
        for (Action action : values.<List<Action>>get("actions")) {
            YamlNode first = rule.document().addUnique(new RuledAction(values.get("uri"), match, action), rule);
            if (first != null) {
                rule.error("'" + action.name().toLowerCase(Locale.ROOT) + "' of this URI with 'match: " + match.wire()
                        + "' already has a rule in '" + first.name() + "'" + first.inLine());
                return;
            }
        }
    }

    private static void check(SectionValues values) {
        List<YamlNode> asked = values.node("ask").elements();
        if (values.has("ask") && !asked.isEmpty() && !values.has("authorizer")) {
            asked.getFirst().error("'ask' needs an 'authorizer' in the same role");
        }
        values.node().document().endUnique(RuledAction.class);
    }

    private static List<Rule> rules(SectionValues values) {
        return Stream.of("allow", "deny", "ask")
                .flatMap(key -> values.<List<Rule>>get(key).stream())
                .toList();
    }
}
