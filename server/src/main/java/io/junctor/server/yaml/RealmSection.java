package io.junctor.server.yaml;

import io.junctor.router.config.AuthConfig;
import io.junctor.router.config.EmptyEligible;
import io.junctor.router.config.ProgressAnnouncement;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RealmLinks;
import io.junctor.router.config.RealmSharing;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RequestIdCheck;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.server.yaml.LimitSections.OnDemand;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A realm or a realm template. */
final class RealmSection {
    static final String NAME =
            "a URI such as realm1 or com.example.shop: no spaces, no '#', no empty part, and braces only for one"
                    + " {name}";

    /** The realm in which a procedure is registered; one of the realms of this file. */
    static final Key<String> PROCEDURE_REALM = Key.optional("realm", RealmNames.realm(RouterConfig::hasRealm));

    private static final Key<AuthConfig> AUTH = Key.required("auth", AuthSection.SECTION);
    private static final Key<Map<String, RoleConfig>> ROLES = Key.withDefault(
            "roles",
            new MapType<>(RoleSection.SECTION, "a map of role names to roles", "a name", name -> !name.isBlank(), null),
            Map.of());
    private static final Key<UriRules> URIS = Key.oneOf("uris", UriRules.LOOSE);
    private static final Key<RequestIdCheck> REQUEST_IDS = Key.oneOf("request_ids", RequestIdCheck.LENIENT);
    private static final Key<RealmLimits> LIMITS = Key.withDefault("limits", LimitSections.REALM, RealmLimits.DEFAULT);
    private static final Key<Set<Feature>> FEATURES = Key.withDefault("features", FeaturesSection.SECTION, Set.of());
    private static final Key<EmptyEligible> EMPTY_ELIGIBLE = Key.oneOf("empty_eligible", EmptyEligible.NOBODY);
    private static final Key<ProgressAnnouncement> PROGRESS = Key.oneOf("progress", ProgressAnnouncement.ALWAYS);
    private static final Key<List<HistoryTopic>> HISTORY =
            Key.list("history", HistorySection.SECTION, "a list of topics such as [{ uri: plant.state, events: 100 }]");
    private static final Key<RealmSharing> CLUSTER =
            Key.withDefault("cluster", ClusterSection.REALM, RealmSharing.DEFAULT);
    private static final Key<OnDemand> ON_DEMAND = Key.optional("on_demand", LimitSections.ON_DEMAND);

    static final Section<Realm> SECTION = Section.of(
                    "a map with the keys auth, roles, limits and others",
                    Stream.of(
                                    List.of(AUTH, ROLES, URIS, REQUEST_IDS, LIMITS, FEATURES),
                                    List.of(EMPTY_ELIGIBLE, PROGRESS, HISTORY),
                                    ServicesSection.KEYS,
                                    List.of(ON_DEMAND, CLUSTER))
                            .<Key<?>>flatMap(List::stream)
                            .toList(),
                    RealmSection::build)
            .checkedBy(RealmSection::check);

    /**
     * A realm of the file.
     *
     * @param config the realm
     * @param template the template, or null for a realm that always exists
     */
    record Realm(RealmConfig config, @Nullable RealmTemplate template) {}

    private RealmSection() {}

    static boolean isName(String name) {
        return UriRules.LOOSE.isUri(new Uri(name)) && (RealmTemplate.isPlain(name) || RealmTemplate.isPattern(name));
    }

    private static void check(SectionValues values) {
        if (values.has(ON_DEMAND) && !RealmTemplate.isPattern(values.node().name())) {
            values.error("'on_demand' needs a realm whose name contains {name}");
        }
        values.document().endUnique(HistorySection.Topic.class);
        UriRules uris = Objects.requireNonNullElse(values.find(URIS), UriRules.LOOSE);
        Map<String, YamlNode> roles = values.entries(ROLES);
        values.document().check(new RealmNames(uris, roles.keySet()));
        ServicesSection.check(values, Objects.requireNonNullElse(values.find(ROLES), Map.of()));
        AuthConfig auth = values.find(AUTH);
        if (auth != null) {
            values.document()
                    .addConfigCheck(config -> UnusedRoles.warn(values.node().name(), roles, auth, config));
            Map<String, RoleConfig> read = Objects.requireNonNullElse(values.find(ROLES), Map.of());
            values.document().addConfigCheck(config -> {
                DecidingProcedures procedures =
                        new DecidingProcedures(config, values.node().name());
                procedures.warn(auth, values.node(AUTH));
                procedures.warn(roles, read);
            });
        }
    }

    private static @Nullable Realm build(SectionValues values) {
        String name = values.node().name();
        if (!isName(name)) { // The map of realms has reported it.
            return null;
        }
        RealmFeatures features = new RealmFeatures(
                values.get(FEATURES), values.get(HISTORY), null, values.get(EMPTY_ELIGIBLE), values.get(PROGRESS));
        RealmConfig config = new RealmConfig(
                name,
                values.get(URIS),
                values.get(REQUEST_IDS),
                values.get(AUTH),
                values.get(ROLES),
                values.get(LIMITS),
                features,
                new RealmLinks(values.get(CLUSTER), ServicesSection.build(values)));
        OnDemand onDemand = Objects.requireNonNullElse(values.find(ON_DEMAND), LimitSections.ON_DEMAND_DEFAULT);
        return new Realm(
                config,
                RealmTemplate.isPattern(name) ? new RealmTemplate(config, onDemand.realms(), onDemand.idle()) : null);
    }
}
