package io.junctor.server.yaml;

import io.junctor.router.config.EmptyEligible;
import io.junctor.router.config.ProgressAnnouncement;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RealmSharing;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RequestIdCheck;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.server.yaml.LimitSections.OnDemand;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A realm or a realm template. */
final class RealmSection {
    /** Features that no key switches: rules set trust levels, and the router has no sharding. */
    private static final Set<Feature> WITHOUT_KEY = Set.of(
            Feature.PUBLICATION_TRUSTLEVELS,
            Feature.CALL_TRUSTLEVELS,
            Feature.SHARDED_SUBSCRIPTION,
            Feature.SHARDED_REGISTRATION);

    private static final List<Feature> FEATURES = Stream.of(Feature.values())
            .filter(feature -> !WITHOUT_KEY.contains(feature))
            .toList();

    private static final Section<HistoryTopic> HISTORY = Section.of(
                    HistoryTopic.class, "a topic such as { uri: plant.state, events: 100 }")
            .all(Names.pattern("uri", "a URI or pattern in quotes, such as \"com.example.\"", RealmSection::problem))
            .key("events", ScalarType.integer(1, 1_000_000), 1_000)
            .key("age", ScalarType.duration(Duration.ofSeconds(1), Duration.ofDays(365)), Duration.ofHours(24))
            .key("bytes", ScalarType.bytes(1 << 10, 1 << 30), 16 << 20)
            .check(RealmSection::checkUnique);

    /** Its value is a {@link RealmConfig} or a {@link RealmTemplate}. */
    static final Section<Record> SECTION = Section.of("a map with the keys auth, roles, limits and others")
            .required("auth", AuthSection.SECTION)
            .map("roles", ScalarType.nonBlank("a name"), RoleSection.SECTION)
            .oneOf("uris", UriRules.LOOSE)
            .oneOf("request_ids", RequestIdCheck.LENIENT)
            .key("limits", LimitSections.REALM, RealmLimits.DEFAULT)
            .key("features", features(), Set.of())
            .oneOf("empty_eligible", EmptyEligible.NOBODY)
            .oneOf("progress", ProgressAnnouncement.ALWAYS)
            .list("history", HISTORY)
            .all(RealmServicesSection.KEYS)
            .optional("on_demand", LimitSections.ON_DEMAND)
            .key("cluster", ClusterSection.REALM, RealmSharing.DEFAULT)
            .refuse(
                    values -> values.has("on_demand")
                            && !RealmTemplate.isPattern(values.node().name()),
                    "'on_demand' needs a realm whose name contains {name}")
            .check(RealmSection::check)
            .build(RealmSection::build);

    /** A topic of which a realm has one history. */
    private record Topic(Uri uri, MatchPolicy match) {}

    private RealmSection() {}

    /** The features of the Advanced Profile that are switched off. */
    private static Section<Set<Feature>> features() {
        Section<SectionValues> table = Section.of("a map of features to true or false");
        FEATURES.forEach(feature -> table.flag(feature.wire(), true));
        return table.build(values -> FEATURES.stream()
                .filter(feature -> !values.isTrue(feature.wire()))
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static @Nullable String problem(Uri uri, MatchPolicy match) {
        return uri.isReserved() ? "topics that begin with 'wamp.' or 'junctor.' cannot have a history" : null;
    }

    private static void checkUnique(SectionValues values) {
        YamlNode node = values.node("uri");
        YamlNode first = values.areValid("uri", "match")
                ? node.document().addUnique(new Topic(values.get("uri"), values.get("match")), node)
                : null;
        if (first != null) {
            node.error("this topic already has a history" + first.inLine());
        }
    }

    private static void check(SectionValues values) {
        UriRules uris = values.get("uris", UriRules.LOOSE);
        values.node().document().endUnique(Topic.class);
        values.node()
                .document()
                .check(new Names.Surroundings(uris, values.entries("roles").keySet()));
    }

    private static @Nullable Record build(SectionValues values) {
        String name = values.node().name();
        if (Names.REALM.parser().apply(name) == null) { // The map of realms has reported it.
            return null;
        }
        OnDemand onDemand = values.get("on_demand", LimitSections.ON_DEMAND_DEFAULT);
        RealmFeatures features = values.with("logs", null).record(RealmFeatures.class, "off=features");
        RealmConfig realm = values.with("name", name)
                .with("features", features)
                .record(RealmConfig.class, "sharing=cluster", "callees=http_callees");
        return RealmTemplate.isPattern(name) ? new RealmTemplate(realm, onDemand.realms(), onDemand.idle()) : realm;
    }
}
