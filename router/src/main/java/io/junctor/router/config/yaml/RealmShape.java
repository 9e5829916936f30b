package io.junctor.router.config.yaml;

import io.junctor.router.config.AuthConfig;
import io.junctor.router.config.EmptyEligible;
import io.junctor.router.config.Progress;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RequestIdCheck;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.yaml.AuthShape.Auth;
import io.junctor.router.config.yaml.Key.Defaulted;
import io.junctor.router.config.yaml.Key.Needed;
import io.junctor.router.config.yaml.Key.Spare;
import io.junctor.router.config.yaml.OnDemandShape.OnDemand;
import io.junctor.router.config.yaml.Placing.Placed;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One realm. */
final class RealmShape {
    /** What a realm's name may be, as it stands after "must be". */
    static final String NAME =
            "a URI such as realm1 or com.example.shop: no spaces, no '#', no empty part, and braces only for one {name}";

    /** The realm that a procedure is registered in. */
    static final Spare<Placed<String>> OTHER =
            new Spare<>("realm", new Placing<>(new Text("the name of a realm", RealmShape::isName)));

    private static final Needed<Auth> AUTH = new Needed<>("auth", AuthShape.SHAPE);
    private static final Defaulted<Map<String, RoleConfig>> ROLES = roles(UriRules.LOOSE);
    private static final Defaulted<UriRules> URIS = new Defaulted<>("uris", Word.of(UriRules.class), UriRules.LOOSE);
    private static final Defaulted<RequestIdCheck> REQUEST_IDS =
            new Defaulted<>("request_ids", Word.of(RequestIdCheck.class), RequestIdCheck.LENIENT);
    private static final Defaulted<RealmLimits> LIMITS =
            new Defaulted<>("limits", RealmLimitsShape.SHAPE, RealmLimits.DEFAULT);

    private static final Defaulted<Set<Feature>> FEATURES = new Defaulted<>("features", FeaturesShape.SHAPE, Set.of());
    private static final Defaulted<EmptyEligible> EMPTY_ELIGIBLE =
            new Defaulted<>("empty_eligible", Word.of(EmptyEligible.class), EmptyEligible.NOBODY);
    private static final Defaulted<Progress> PROGRESS =
            new Defaulted<>("progress", Word.of(Progress.class), Progress.ALWAYS);
    private static final Defaulted<List<Placed<HistoryTopic>>> HISTORY = history(UriRules.LOOSE);

    private static final Spare<OnDemand> ON_DEMAND = new Spare<>("on_demand", OnDemandShape.SHAPE);

    /**
     * A realm, or what realms of a template are like. Immutable.
     *
     * @param config the realm
     * @param template the template, or null for a realm that always exists
     */
    record Read(RealmConfig config, @Nullable RealmTemplate template) {}

    static final Shape<Read> SHAPE = Shape.of(
            "a map with the keys auth, roles, limits and others",
            List.of(AUTH, ROLES, URIS, REQUEST_IDS, LIMITS, FEATURES, EMPTY_ELIGIBLE, PROGRESS, HISTORY, ON_DEMAND),
            RealmShape::read);

    private RealmShape() {}

    static boolean isName(String name) {
        return UriRules.LOOSE.isUri(new Uri(name)) && (RealmTemplate.isPlain(name) || RealmTemplate.isPattern(name));
    }

    private static @Nullable Read read(Section section) {
        RealmConfig config = bind(section);
        OnDemand onDemand = section.get(ON_DEMAND);
        boolean template = RealmTemplate.isPattern(section.name());
        if (section.has(ON_DEMAND) && !template) {
            section.reject("'on_demand' goes with realms whose name holds {name}");
        }
        if (config == null || !template) {
            return config == null ? null : new Read(config, null);
        }
        OnDemand limits = onDemand == null ? OnDemandShape.DEFAULT : onDemand;
        return new Read(config, new RealmTemplate(config, limits.most(), limits.idle()));
    }

    /** The realm that a section names, which has to be one of this file. */
    static @Nullable String other(Section section) {
        Placed<String> realm = section.get(OTHER);
        if (realm == null) {
            return null;
        }
        realm.place().rejectLater(config -> {
            List<String> names = config.all().map(RealmConfig::name).toList();
            return config.hasRealm(realm.it())
                    ? null
                    : "there is no such realm; 'realms' has " + String.join(", ", names)
                            + realm.place().hint(realm.it(), names);
        });
        return realm.it();
    }

    private static Defaulted<Map<String, RoleConfig>> roles(UriRules rules) {
        return new Defaulted<>(
                "roles",
                new NamedMap<>(
                        RoleShape.under(rules), "a map of role names to roles", "a name", name -> !name.isBlank()),
                Map.of());
    }

    private static @Nullable RealmConfig bind(Section section) {
        UriRules rules = section.get(URIS);
        Map<String, RoleConfig> roles = section.find(roles(rules));
        Auth auth = section.get(AUTH);
        RequestIdCheck requestIds = section.get(REQUEST_IDS);
        RealmLimits limits = section.get(LIMITS);
        RealmFeatures features = features(section, rules);
        AuthConfig checked = auth == null || roles == null ? AuthConfig.anonymous(null) : checked(auth, roles);
        // A name that is no URI has been reported by the map that holds the realms.
        return isName(section.name()) && roles != null
                ? new RealmConfig(section.name(), rules, requestIds, checked, roles, limits, features)
                : null;
    }

    private static Defaulted<List<Placed<HistoryTopic>>> history(UriRules rules) {
        return new Defaulted<>("history", HistoryShape.listUnder(rules), List.of());
    }

    private static RealmFeatures features(Section section, UriRules rules) {
        List<Placed<HistoryTopic>> history = section.get(history(rules));
        List<HistoryTopic> topics = HistoryShape.areDifferent(history)
                ? history.stream().map(Placed::it).toList()
                : List.of();
        return new RealmFeatures(
                section.get(FEATURES), topics, null, section.get(EMPTY_ELIGIBLE), section.get(PROGRESS));
    }

    private static AuthConfig checked(Auth auth, Map<String, RoleConfig> roles) {
        List<Placed<String>> unknown = auth.roles().stream()
                .filter(role -> !roles.containsKey(role.it()))
                .toList();
        unknown.forEach(role -> reject(role, roles));
        return unknown.isEmpty() ? auth.config() : AuthConfig.anonymous(null);
    }

    private static void reject(Placed<String> role, Map<String, RoleConfig> roles) {
        String hint = role.place().hint(role.it(), roles.keySet());
        String known = roles.isEmpty() ? "'roles' has none" : "'roles' has " + String.join(", ", roles.keySet());
        role.place().reject("this realm has no such role; " + known + hint);
    }
}
