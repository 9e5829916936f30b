package io.junctor.server.yaml;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.wamp.value.UriRules;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The types of keys that name a realm or a role; and what the parts of a realm need to know about it.
 *
 * @param uris its URI rules
 * @param roles the names of its roles
 */
record RealmNames(UriRules uris, Set<String> roles) {
    /** The name of a role, which the owner of the key checks. */
    static final ScalarType<String> ROLE_NAME = ScalarType.nonBlank("the name of a role");

    /** The name of a role that the surrounding realm must have. */
    static final ScalarType<String> ROLE =
            ROLE_NAME.onRead((node, role) -> node.document().addRealmCheck(realm -> realm.checkRole(role, node)));

    /** The name of a role of any realm. */
    static final ScalarType<String> ROLE_OF_ANY = ROLE_NAME.checkedBy(RealmNames::checkRole);

    /** The name of a realm of the file, or of a template. */
    static final ScalarType<String> ANY =
            realm((config, name) -> config.all().anyMatch(realm -> realm.name().equals(name)));

    /** The name of a realm of the file that always exists. */
    static final ScalarType<String> ALWAYS = realm((config, name) ->
            config.realms().stream().anyMatch(realm -> realm.name().equals(name)));

    /** The name of a realm that must be in the file; {@code exists} tests it. */
    static ScalarType<String> realm(BiPredicate<RouterConfig, String> exists) {
        return ScalarType.matching("the name of a realm", RealmSection::isName).checkedBy((realm, config, node) -> {
            if (!exists.test(config, realm)) {
                List<String> names = config.all().map(RealmConfig::name).toList();
                node.unknownName("there is no such realm; 'realms' has", realm, names);
            }
        });
    }

    private void checkRole(String role, YamlNode node) {
        if (!roles.contains(role)) {
            node.unknownName("this realm has no such role; 'roles' has", role, roles);
        }
    }

    /** Reports a role that no realm has. */
    private static void checkRole(String role, RouterConfig config, YamlNode node) {
        List<String> names = config.all()
                .flatMap(realm -> realm.roles().keySet().stream())
                .distinct()
                .sorted()
                .toList();
        if (!names.contains(role)) {
            node.unknownName("no realm has this role; there are", role, names);
        }
    }
}
