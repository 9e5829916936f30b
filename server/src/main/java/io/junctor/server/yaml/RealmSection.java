package io.junctor.server.yaml;

import io.junctor.router.config.EmptyEligible;
import io.junctor.router.config.ProgressAnnouncement;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RealmSharing;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RequestIdCheck;
import io.junctor.router.config.auth.AuthorizerConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.config.auth.UriTemplate;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.Disclose;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.UriRules;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The section of a realm or a realm template, with its roles and their rules. */
final class RealmSection {
    /** The features that the file can switch: trust levels are not among them, because rules set them, nor sharding, which the router lacks. */
    private static final Set<Feature> FEATURES = EnumSet.complementOf(EnumSet.of(
            Feature.PUBLICATION_TRUSTLEVELS,
            Feature.CALL_TRUSTLEVELS,
            Feature.SHARDED_SUBSCRIPTION,
            Feature.SHARDED_REGISTRATION));

    private static final String RESERVED = "topics that begin with 'wamp.' or 'junctor.' cannot have a history";
    private static final SectionType<HistoryTopic> HISTORY = SectionType.of(
                    HistoryTopic.class, "a topic such as { uri: plant.state, events: 100 }")
            .all(NameTypes.pattern("uri", "URI", (uri, match) -> uri.isReserved() ? RESERVED : null))
            .key("events", 1_000)
            .key("age", ScalarType.duration(Duration.ofSeconds(1), Duration.ofDays(365)), Duration.ofHours(24))
            .key("bytes", 16 << 20)
            .check(RealmSection::checkUniqueTopic);

    private static final ScalarType<Duration> CACHE_TIME =
            ScalarType.duration(Duration.ZERO, AuthorizerConfig.LONGEST_CACHE);

    private static final SectionType<Rule> ALLOW = rule(
            SectionType.of("")
                    .key("disclose", Disclose.ON_REQUEST)
                    .key("trust", "trust_level", ScalarType.integer(0, 1_000_000), 0),
            values -> values.record(RuleEffect.Allow.class));
    private static final SectionType<Rule> DENY = rule(SectionType.of(""), values -> RuleEffect.Deny.DENY);
    private static final SectionType<Rule> ASK =
            rule(SectionType.of("").optional("cache", CACHE_TIME), values -> values.record(RuleEffect.Ask.class));

    private static final SectionType<AuthorizerConfig> AUTHORIZER = SectionType.of(
                    AuthorizerConfig.class, "a map such as { procedure: com.example.authorize }")
            .all(NameTypes.PROCEDURE)
            .key("cache", CACHE_TIME, AuthorizerConfig.DEFAULT_CACHE)
            .derive("source", values -> values.record(AuthorizerConfig.Procedure.class));

    private static final ScalarType<Boolean> SHOWN =
            ScalarType.oneOf(List.of(false, true), shown -> shown ? "show" : "hide");
    private static final SectionType<RoleConfig> ROLE = SectionType.of(
                    RoleConfig.class, "a map with the keys allow, deny, ask and authorizer")
            .list("allow", ALLOW)
            .list("deny", DENY)
            .list("ask", ASK)
            .optional("authorizer", AUTHORIZER)
            .key("session_transport", "sees_transports", SHOWN, false)
            .check(RealmSection::checkRole)
            .derive("rules", values -> values.join("allow", "deny", "ask"));

    private static final SectionType<RealmLimits> LIMITS = SectionType.of(
                    RealmLimits.DEFAULT,
                    "a map of a realm's limits",
                    Map.of(
                            "history_events", ScalarType.integer(1, 100_000),
                            "history_bytes", ScalarType.bytes(1 << 10, 16 << 20),
                            "uri_characters", ScalarType.integer(1, 100_000),
                            "uri_parts", ScalarType.integer(1, 1_000),
                            "list_entries", ScalarType.integer(1, 10_000),
                            "wildcard_shapes", ScalarType.integer(1, 10_000),
                            "wildcard_shapes_per_session", ScalarType.integer(1, 10_000)))
            .check(values -> requireAtMost(values, "mailbox_per_session", "mailbox"))
            .check(values -> requireAtMost(values, "mailbox_bytes_per_session", "mailbox_bytes"));

    /** The settings of a template: the most realms made from it, and how long a realm without sessions stays. */
    private static final SectionType<Function<RealmConfig, RealmTemplate>> ON_DEMAND = SectionType.of(
                    "a map such as { realms: 1000, idle: 10m }")
            .key("realms", RealmTemplate.DEFAULT_MOST)
            .key("idle", ScalarType.duration(Duration.ofSeconds(1), Duration.ofHours(24)), RealmTemplate.DEFAULT_IDLE)
            .build(values -> realm -> new RealmTemplate(realm, values.get("realms"), values.get("idle")));

    /** The section of a realm or template; its value is a {@link RealmConfig} or a {@link RealmTemplate}. */
    static final SectionType<Record> SECTION = SectionType.of("a map with the keys auth, roles, limits and others")
            .required("auth", AuthSection.SECTION)
            .map("roles", ScalarType.nonBlank("a name"), ROLE)
            .key("uris", UriRules.LOOSE)
            .key("request_ids", RequestIdCheck.LENIENT)
            .key("limits", LIMITS, RealmLimits.DEFAULT)
            .key("features", "off", features(), Set.of())
            .key("empty_eligible", EmptyEligible.NOBODY)
            .key("progress", ProgressAnnouncement.ALWAYS)
            .list("history", HISTORY)
            .all(ServiceSections.OF_REALM)
            .optional("on_demand", ON_DEMAND)
            .key("cluster", "sharing", ClusterSection.REALM, RealmSharing.DEFAULT)
            .refuse(
                    values -> values.has("on_demand")
                            && !RealmTemplate.isPattern(values.node().name()),
                    "'on_demand' needs a realm whose name contains {name}")
            .build(RealmSection::build);

    private RealmSection() {}

    /** Returns the type of the set of features of the Advanced Profile that are switched off. */
    private static SectionType<Set<Feature>> features() {
        SectionType<SectionValues> table = SectionType.of("a map of features to true or false");
        FEATURES.forEach(feature -> table.key(feature.wire(), true));
        return table.build(values -> FEATURES.stream()
                .filter(feature -> !values.isTrue(feature.wire()))
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static void checkUniqueTopic(SectionValues values) {
        YamlNode node = values.node("uri");
        if (values.areValid("uri", "match")) {
            List<?> topic = List.<Object>of(node.realm(), values.get("uri"), values.get("match"));
            YamlNode first = node.diagnostics().firstOf(topic, node);
            if (first != node) {
                node.error("this topic already has a history in line " + first.line());
            }
        }
    }

    private static @Nullable Record build(SectionValues values) {
        String name = values.node().name();
        if (NameTypes.REALM.parser().apply(name) == null) { // The map of realms has reported it.
            return null;
        }
        RealmFeatures features = values.with("logs", null).record(RealmFeatures.class);
        RealmConfig realm = values.with("name", name).with("features", features).record(RealmConfig.class);
        return RealmTemplate.isPattern(name)
                ? values.<Function<RealmConfig, RealmTemplate>>get("on_demand", RealmTemplate::of)
                        .apply(realm)
                : realm;
    }

    private static SectionType<Rule> rule(SectionType<SectionValues> more, Function<SectionValues, RuleEffect> effect) {
        return SectionType.of(Rule.class, "a rule such as { uri: com.example.add, actions: [call] }")
                .all(NameTypes.pattern("uri", "URI", UriTemplate::problem))
                .required("actions", ScalarType.oneOf(Action.class).some())
                .all(more)
                .check(RealmSection::checkUniqueRule)
                .derive("effect", effect::apply)
                .derive("line", values -> values.node("uri").line());
    }

    private static void checkUniqueRule(SectionValues values) {
        MatchPolicy match = values.get("match", MatchPolicy.EXACT);
        YamlNode rule = values.node();
        List<Action> actions = values.areValid("uri", "match") ? values.get("actions", List.of()) : List.of();
        YamlNode role = rule.surrounding().surrounding();
        for (Action action : actions) {
            YamlNode first = rule.diagnostics().firstOf(List.<Object>of(role, values.get("uri"), match, action), rule);
            if (first != rule) {
                rule.error("'" + action.name().toLowerCase(Locale.ROOT) + "' of this URI with 'match: " + match.wire()
                        + "' already has a rule in '" + first.name() + "' in line " + first.line());
                return;
            }
        }
    }

    private static void checkRole(SectionValues values) {
        List<YamlNode> asked = values.node("ask").elements();
        if (values.has("ask") && !asked.isEmpty() && !values.has("authorizer")) {
            asked.getFirst().error("'ask' needs an 'authorizer' in the same role");
        }
    }

    private static void requireAtMost(SectionValues values, String part, String whole) {
        if (values.find(part) instanceof Integer one && values.find(whole) instanceof Integer all && one > all) {
            values.node().error("'" + part + "' must not be more than '" + whole + "'");
        }
    }
}
