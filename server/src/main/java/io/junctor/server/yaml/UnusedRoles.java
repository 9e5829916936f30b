package io.junctor.server.yaml;

import io.junctor.router.config.AuthConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.spi.Principal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Warns of roles that no authentication method of their realm grants, and that no service of the router uses. */
final class UnusedRoles {
    private UnusedRoles() {}

    /** Warns at the key of each unused role. An authenticator may grant any role, in any realm. */
    static void warn(String realm, Map<String, YamlNode> roles, AuthConfig auth, RouterConfig config) {
        boolean isDynamic = config.all()
                        .map(RealmConfig::auth)
                        .flatMap(other -> other.offers().stream())
                        .anyMatch(offer -> offer.source().isDynamic())
                || auth.offers().stream().anyMatch(offer -> offer.source() instanceof AuthSource.Tokens);
        if (isDynamic) {
            return;
        }
        Set<String> granted = granted(auth);
        granted.addAll(ServiceRole.roles(realm, config));
        roles.forEach((name, role) -> {
            if (!granted.contains(name)) {
                role.warnAtKey("no authentication method of this realm grants the role '" + name + "'");
            }
        });
    }

    private static Set<String> granted(AuthConfig auth) {
        Set<String> granted = new HashSet<>();
        auth.anonymousRoles().forEach(granted::add);
        auth.offers().forEach(offer -> {
            switch (offer.source()) {
                case AuthSource.Users users ->
                    users.byAuthid().values().stream().map(Principal::roles).forEach(granted::addAll);
                case AuthSource.Holders holders -> granted.addAll(holders.roles());
                case AuthSource.Accounts accounts ->
                    accounts.principals().map(Principal::roles).forEach(granted::addAll);
                case AuthSource.UsersFirst first -> {}
                case AuthSource.Procedure procedure -> {}
                case AuthSource.Program program -> {}
                case AuthSource.Tokens tokens -> {}
            }
        });
        return granted;
    }
}
