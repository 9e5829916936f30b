package io.junctor.router.config.yaml;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RequestIdCheck;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.yaml.Key.Defaulted;
import io.junctor.router.config.yaml.Key.Needed;
import io.junctor.router.config.yaml.Placing.Placed;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One realm. */
final class RealmShape {
    /** What a realm's name may be, as it stands after "must be". */
    static final String NAME = "a URI such as realm1 or com.example.shop: no spaces, no '#', no empty part";

    private static final Needed<Placed<String>> AUTH = new Needed<>("auth", AuthShape.SHAPE);
    private static final Defaulted<Map<String, RoleConfig>> ROLES = roles(UriRules.LOOSE);
    private static final Defaulted<UriRules> URIS = new Defaulted<>("uris", Word.of(UriRules.class), UriRules.LOOSE);
    private static final Defaulted<RequestIdCheck> REQUEST_IDS =
            new Defaulted<>("request_ids", Word.of(RequestIdCheck.class), RequestIdCheck.LENIENT);
    private static final Defaulted<RealmLimits> LIMITS =
            new Defaulted<>("limits", RealmLimitsShape.SHAPE, RealmLimits.DEFAULT);

    static final Shape<RealmConfig> SHAPE = Shape.of(
            "a map with the keys auth, roles, uris, request_ids and limits",
            List.of(AUTH, ROLES, URIS, REQUEST_IDS, LIMITS),
            RealmShape::bind);

    private RealmShape() {}

    static boolean isName(String name) {
        return UriRules.LOOSE.isUri(new Uri(name));
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
        Placed<String> role = section.get(AUTH);
        String anonymousRole = role == null || roles == null ? null : known(role, roles);
        RequestIdCheck requestIds = section.get(REQUEST_IDS);
        RealmLimits limits = section.get(LIMITS);
        // A name that is no URI has been reported by the map that holds the realms.
        return isName(section.name()) && roles != null
                ? new RealmConfig(section.name(), rules, requestIds, anonymousRole, roles, limits)
                : null;
    }

    private static @Nullable String known(Placed<String> role, Map<String, RoleConfig> roles) {
        if (roles.containsKey(role.it())) {
            return role.it();
        }
        String hint = role.place().hint(role.it(), roles.keySet());
        String known = roles.isEmpty() ? "'roles' has none" : "'roles' has " + String.join(", ", roles.keySet());
        role.place().reject("this realm has no such role; " + known + hint);
        return null;
    }
}
