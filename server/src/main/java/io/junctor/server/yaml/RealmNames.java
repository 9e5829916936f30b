package io.junctor.server.yaml;

import io.junctor.wamp.value.UriRules;
import java.util.Set;

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

    private void checkRole(String role, YamlNode node) {
        if (!roles.contains(role)) {
            String known = roles.isEmpty() ? "'roles' has none" : "'roles' has " + String.join(", ", roles);
            node.error("this realm has no such role; " + known + node.hint(role, roles));
        }
    }
}
