package io.junctor.server.yaml;

import io.junctor.router.config.AuthorizerConfig;
import io.junctor.router.config.EmptyEligible;
import io.junctor.router.config.ProgressAnnouncement;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RealmSharing;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RequestIdCheck;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.Rule;
import io.junctor.router.config.RuleEffect;
import io.junctor.router.config.UriTemplate;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.Disclose;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A realm or a realm template, with its roles and their rules. */
final class RealmSection {
    /** The features that a key switches: rules set trust levels, and the router has no sharding. */
    private static final Set<Feature> FEATURES = EnumSet.complementOf(EnumSet.of(
            Feature.PUBLICATION_TRUSTLEVELS,
            Feature.CALL_TRUSTLEVELS,
            Feature.SHARDED_SUBSCRIPTION,
            Feature.SHARDED_REGISTRATION));

    private static final Section<HistoryTopic> HISTORY = Section.of(
                    HistoryTopic.class, "a topic such as { uri: plant.state, events: 100 }")
            .all(Names.pattern("uri", "URI", RealmSection::problemOfTopic))
            .key("events", 1_000)
            .key("age", ScalarType.duration(Duration.ofSeconds(1), Duration.ofDays(365)), Duration.ofHours(24))
            .key("bytes", 16 << 20)
            .check(RealmSection::checkUniqueTopic);

    private static final ScalarType<Duration> CACHE_TIME =
            ScalarType.duration(Duration.ZERO, AuthorizerConfig.LONGEST_CACHE);

    private static final Section<Rule> ALLOW = rule(
            Section.group()
                    .key("disclose", Disclose.ON_REQUEST)
                    .key("trust as trust_level", ScalarType.integer(0, 1_000_000), 0),
            values -> values.record(RuleEffect.Allow.class));
    private static final Section<Rule> DENY = rule(Section.group(), values -> RuleEffect.Deny.DENY);
    private static final Section<Rule> ASK =
            rule(Section.group().optional("cache", CACHE_TIME), values -> values.record(RuleEffect.Ask.class));

    private static final Section<AuthorizerConfig> AUTHORIZER = Section.of(
                    AuthorizerConfig.class, "a map such as { procedure: com.example.authorize }")
            .all(Names.PROCEDURE)
            .key("cache", CACHE_TIME, AuthorizerConfig.DEFAULT_CACHE)
            .derive("source", values -> values.record(AuthorizerConfig.Procedure.class));

    private static final Section<RoleConfig> ROLE = Section.of(
                    RoleConfig.class, "a map with the keys allow, deny, ask and authorizer")
            .list("allow", ALLOW)
            .list("deny", DENY)
            .list("ask", ASK)
            .optional("authorizer", AUTHORIZER)
            .key(
                    "session_transport as sees_transports",
                    ScalarType.oneOf(List.of(false, true), shown -> shown ? "show" : "hide"),
                    false)
            .check(RealmSection::checkRole)
            .derive("rules", values -> values.join("allow", "deny", "ask"));

    private static final Section<RealmLimits> LIMITS = Section.of(
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
    private static final OnDemand ON_DEMAND_DEFAULT =
            new OnDemand(RealmTemplate.DEFAULT_MOST, RealmTemplate.DEFAULT_IDLE);
    private static final Section<OnDemand> ON_DEMAND = Section.of(
            ON_DEMAND_DEFAULT,
            "a map such as { realms: 1000, idle: 10m }",
            Map.of("idle", ScalarType.duration(Duration.ofSeconds(1), Duration.ofHours(24))));

    /** Its value is a {@link RealmConfig} or a {@link RealmTemplate}. */
    static final Section<Record> SECTION = Section.of("a map with the keys auth, roles, limits and others")
            .required("auth", AuthSection.SECTION)
            .map("roles", ScalarType.nonBlank("a name"), ROLE)
            .key("uris", UriRules.LOOSE)
            .key("request_ids", RequestIdCheck.LENIENT)
            .key("limits", LIMITS, RealmLimits.DEFAULT)
            .key("features as off", features(), Set.of())
            .key("empty_eligible", EmptyEligible.NOBODY)
            .key("progress", ProgressAnnouncement.ALWAYS)
            .list("history", HISTORY)
            .all(ServiceSections.OF_REALM)
            .optional("on_demand", ON_DEMAND)
            .key("cluster as sharing", ClusterSection.REALM, RealmSharing.DEFAULT)
            .refuse(
                    values -> values.has("on_demand")
                            && !RealmTemplate.isPattern(values.node().name()),
                    "'on_demand' needs a realm whose name contains {name}")
            .check(values -> values.node().document().endUnique(Topic.class))
            .build(RealmSection::build);

    /** A topic of which a realm has one history. */
    private record Topic(Uri uri, MatchPolicy match) {}

    /** How many realms of a template there may be, and how long one without sessions stays. */
    record OnDemand(int realms, Duration idle) {}

    /** An action of which a role has one rule. */
    private record RuledAction(Uri uri, MatchPolicy match, Action action) {}

    private RealmSection() {}

    /** The features of the Advanced Profile that are switched off. */
    private static Section<Set<Feature>> features() {
        Section<SectionValues> table = Section.of("a map of features to true or false");
        FEATURES.forEach(feature -> table.key(feature.wire(), true));
        return table.build(values -> FEATURES.stream()
                .filter(feature -> !values.isTrue(feature.wire()))
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static @Nullable String problemOfTopic(Uri uri, MatchPolicy match) {
        return uri.isReserved() ? "topics that begin with 'wamp.' or 'junctor.' cannot have a history" : null;
    }

    private static void checkUniqueTopic(SectionValues values) {
        YamlNode node = values.node("uri");
        if (values.areValid("uri", "match")) {
            node.document()
                    .addUnique(new Topic(values.get("uri"), values.get("match")), node)
                    .ifPresent(first -> node.error("this topic already has a history in line " + first.line()));
        }
    }

    private static @Nullable Record build(SectionValues values) {
        String name = values.node().name();
        if (Names.REALM.parser().apply(name) == null) { // The map of realms has reported it.
            return null;
        }
        OnDemand onDemand = values.get("on_demand", ON_DEMAND_DEFAULT);
        RealmFeatures features = values.with("logs", null).record(RealmFeatures.class);
        RealmConfig realm = values.with("name", name).with("features", features).record(RealmConfig.class);
        return RealmTemplate.isPattern(name) ? new RealmTemplate(realm, onDemand.realms(), onDemand.idle()) : realm;
    }

    private static Section<Rule> rule(Section<SectionValues> more, Function<SectionValues, RuleEffect> effect) {
        return Section.of(Rule.class, "a rule such as { uri: com.example.add, actions: [call] }")
                .all(Names.pattern("uri", "URI", RealmSection::problemOfRule))
                .required("actions", ScalarType.oneOf(Action.class).some())
                .all(more)
                .check(RealmSection::checkUniqueRule)
                .derive("effect", effect::apply)
                .derive("line", values -> values.node("uri").line());
    }

    private static @Nullable String problemOfRule(Uri uri, MatchPolicy match) {
        String problem = UriTemplate.problem(uri, match);
        return problem == null ? null : "'" + uri + "': " + problem;
    }

    private static void checkUniqueRule(SectionValues values) {
        MatchPolicy match = values.get("match", MatchPolicy.EXACT);
        YamlNode rule = values.node();
        List<Action> actions = values.areValid("uri", "match") ? values.get("actions", List.of()) : List.of();
        for (Action action : actions) {
            Optional<YamlNode> first =
                    rule.document().addUnique(new RuledAction(values.get("uri"), match, action), rule);
            if (first.isPresent()) {
                rule.error("'" + action.name().toLowerCase(Locale.ROOT) + "' of this URI with 'match: " + match.wire()
                        + "' already has a rule in '" + first.get().name() + "' in line "
                        + first.get().line());
                return;
            }
        }
    }

    private static void checkRole(SectionValues values) {
        List<YamlNode> asked = values.node("ask").elements();
        if (values.has("ask") && !asked.isEmpty() && !values.has("authorizer")) {
            asked.getFirst().error("'ask' needs an 'authorizer' in the same role");
        }
        values.node().document().endUnique(RuledAction.class);
    }

    private static void requireAtMost(SectionValues values, String part, String whole) {
        if (values.find(part) instanceof Integer one && values.find(whole) instanceof Integer all && one > all) {
            values.node().error("'" + part + "' must not be more than '" + whole + "'");
        }
    }
}
