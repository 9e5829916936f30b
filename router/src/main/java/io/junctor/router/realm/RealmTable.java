package io.junctor.router.realm;

import io.junctor.router.authentication.AuthenticationMethods;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthorizerConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.wamp.value.Uri;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The realms of one configuration and their authentication methods. Immutable: a reload replaces it as a whole.
 *
 * @param generation grows with each configuration
 * @param config the configuration
 * @param byName the realms that do not come from a template
 * @param methods the authentication methods by the name of the realm or template in the configuration
 */
record RealmTable(
        long generation, RouterConfig config, Map<String, Realm> byName, Map<String, AuthenticationMethods> methods) {

    /** The policy of a realm of this configuration. */
    RealmPolicy policy(RealmConfig realm) {
        long heapBytes = Runtime.getRuntime().maxMemory();
        return new RealmPolicy(generation, realm.within(heapBytes), authorizers(realm), this::auth);
    }

    private @Nullable AuthConfig auth(String family) {
        return config.all()
                .filter(realm -> realm.name().equals(family))
                .findFirst()
                .map(RealmConfig::auth)
                .orElse(null);
    }

    /** The procedures in the realm {@code one} that authorize messages for a role of any realm. */
    private Set<Uri> authorizers(RealmConfig one) {
        return Stream.concat(config.all(), Stream.of(one))
                .flatMap(realm -> realm.roles().values().stream()
                        .map(RoleConfig::authorizer)
                        .flatMap(authorizer -> procedure(authorizer, realm, one)))
                .collect(Collectors.toSet());
    }

    /** The procedure of {@code authorizer}, if it is registered in the realm {@code one} and authorizes messages of {@code realm}. */
    private static Stream<Uri> procedure(@Nullable AuthorizerConfig authorizer, RealmConfig realm, RealmConfig one) {
        return authorizer != null
                        && authorizer.source() instanceof AuthorizerConfig.Procedure procedure
                        && one.name().equals(procedure.realm() == null ? realm.name() : procedure.realm())
                ? Stream.of(procedure.uri())
                : Stream.empty();
    }
}
