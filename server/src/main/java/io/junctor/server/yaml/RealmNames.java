package io.junctor.server.yaml;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.wamp.value.UriRules;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * What the parts of a realm need to know about the realm.
 *
 * @param uris its URI rules
 * @param roles the names of its roles
 */
record RealmNames(UriRules uris, Set<String> roles) {
    /** The name of a role that the realm must have. */
    static final ScalarType<String> ROLE = ScalarType.nonBlank("the name of a role")
            .onRead((node, role) -> node.document().addRealmCheck(realm -> realm.checkRole(role, node)));

    /** The name of a realm that must be in the file; {@code exists} tests it. */
    static ScalarType<String> realm(BiPredicate<RouterConfig, String> exists) {
        return ScalarType.matching("the name of a realm", RealmSection::isName)
                .onRead((node, realm) -> node.document().addConfigCheck(config -> {
                    if (!exists.test(config, realm)) {
                        List<String> names = config.all().map(RealmConfig::name).toList();
                        node.unknownName("there is no such realm; 'realms' has", realm, names);
                    }
                }));
    }

    private void checkRole(String role, YamlNode node) {
        if (!roles.contains(role)) {
            node.unknownName("this realm has no such role; 'roles' has", role, roles);
        }
    }
}
