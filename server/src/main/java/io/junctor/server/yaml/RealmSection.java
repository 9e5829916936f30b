package io.junctor.server.yaml;

import io.junctor.router.config.EmptyEligible;
import io.junctor.router.config.ProgressAnnouncement;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RealmLinks;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A realm or a realm template. */
final class RealmSection {
    static final String NAME =
            "a URI such as realm1 or com.example.shop: no spaces, no '#', no empty part, and braces only for one"
                    + " {name}";

    /** Features that no key switches: rules set trust levels, and the router has no sharding. */
    private static final Set<Feature> WITHOUT_KEY = EnumSet.of(
            Feature.PUBLICATION_TRUSTLEVELS,
            Feature.CALL_TRUSTLEVELS,
            Feature.SHARDED_SUBSCRIPTION,
            Feature.SHARDED_REGISTRATION);

    private static final List<Feature> FEATURES = Stream.of(Feature.values())
            .filter(feature -> !WITHOUT_KEY.contains(feature))
            .toList();

    private static final Section<HistoryTopic> HISTORY = new KeyTable(
                    "a topic such as { uri: plant.state, events: 100 }")
            .all(UriKeys.KEYS)
            .key("events", ScalarType.integer(1, 1_000_000), 1_000)
            .key("age", ScalarType.duration(Duration.ofSeconds(1), Duration.ofDays(365)), Duration.ofHours(24))
            .key("bytes", ScalarType.bytes(1 << 10, 1 << 30), 16 << 20)
            .check(RealmSection::checkHistory)
            .build(HistoryTopic.class);

    static final Section<Realm> SECTION = new KeyTable("a map with the keys auth, roles, limits and others")
            .required("auth", AuthSection.SECTION)
            .map("roles", RoleSection.SECTION, "a map of role names to roles", "a name", name -> !name.isBlank())
            .oneOf("uris", UriRules.LOOSE)
            .oneOf("request_ids", RequestIdCheck.LENIENT)
            .key("limits", LimitSections.REALM, RealmLimits.DEFAULT)
            .key("features", features(), Set.of())
            .oneOf("empty_eligible", EmptyEligible.NOBODY)
            .oneOf("progress", ProgressAnnouncement.ALWAYS)
            .list("history", HISTORY, "a list of topics such as [{ uri: plant.state, events: 100 }]")
            .all(RealmServicesSection.KEYS)
            .optional("on_demand", LimitSections.ON_DEMAND)
            .key("cluster", ClusterSection.REALM, RealmSharing.DEFAULT)
            .check(RealmSection::check)
            .build(RealmSection::build);

    /**
     * A realm of the file.
     *
     * @param config the realm
     * @param template the template, or null for a realm that always exists
     */
    record Realm(RealmConfig config, @Nullable RealmTemplate template) {}

    /** A topic of which a realm has one history. */
    private record Topic(Uri uri, MatchPolicy match) {}

    private RealmSection() {}

    static boolean isName(String name) {
        return UriRules.LOOSE.isUri(new Uri(name)) && (RealmTemplate.isPlain(name) || RealmTemplate.isPattern(name));
    }

    /** The features of the Advanced Profile that are switched off. */
    private static Section<Set<Feature>> features() {
        KeyTable table = new KeyTable("a map of features to true or false");
        FEATURES.forEach(feature -> table.flag(feature.wire(), true));
        return table.build(values -> FEATURES.stream()
                .filter(feature -> !values.isTrue(feature.wire()))
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static void checkHistory(SectionValues values) {
        Uri uri = values.find("uri");
        MatchPolicy match = values.find("match");
        if (uri == null || match == null) {
            return;
        }
        YamlNode node = values.node("uri");
        if (uri.isReserved()) {
            node.error("topics that begin with 'wamp.' or 'junctor.' cannot have a history");
        } else {
            UriKeys.check(uri, match, node);
        }
        YamlNode first = node.document().addUnique(new Topic(uri, match), node);
        if (first != null) {
            node.error("this topic already has a history" + first.inLine());
        }
    }

    private static void check(SectionValues values) {
        if (values.has("on_demand") && !RealmTemplate.isPattern(values.node().name())) {
            values.error("'on_demand' needs a realm whose name contains {name}");
        }
        values.document().endUnique(Topic.class);
        UriRules uris = values.get("uris", UriRules.LOOSE);
        values.document().check(new RealmNames(uris, values.entries("roles").keySet()));
        values.document().addConfigCheck(config -> RealmWarnings.warn(values, config));
    }

    private static @Nullable Realm build(SectionValues values) {
        String name = values.node().name();
        if (!isName(name)) { // The map of realms has reported it.
            return null;
        }
        RealmFeatures features = new RealmFeatures(
                values.get("features"),
                values.get("history"),
                null,
                values.get("empty_eligible"),
                values.get("progress"));
        RealmConfig config = values.with("name", name)
                .with("features", features)
                .with("links", new RealmLinks(values.get("cluster"), RealmServicesSection.build(values)))
                .record(RealmConfig.class);
        OnDemand onDemand = values.get("on_demand", LimitSections.ON_DEMAND_DEFAULT);
        return new Realm(
                config,
                RealmTemplate.isPattern(name) ? new RealmTemplate(config, onDemand.realms(), onDemand.idle()) : null);
    }
}
