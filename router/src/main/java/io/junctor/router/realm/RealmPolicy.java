package io.junctor.router.realm;

import io.junctor.router.authorization.Permissions;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.JoinRefused;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a realm, with the permissions of its roles and the announced features that follow from it. Immutable: a reload
 * replaces it as a whole.
 */
final class RealmPolicy {
    private final long generation;
    private final RealmConfig config;
    private final Roles announced;
    private final boolean showsAgents;
    private final Map<String, SessionPermissions> permissionsByRole = new HashMap<>();
    private final Set<Uri> authorizers;
    private final Function<String, @Nullable AuthConfig> methods;

    /**
     * The policy of a realm.
     *
     * @param generation grows with each configuration of the router
     * @param authorizers the procedures of this realm that authorize messages for a role of any realm
     * @param methods finds the authentication methods of the realm or template with a name in the configuration
     */
    RealmPolicy(
            long generation, RealmConfig config, Set<Uri> authorizers, Function<String, @Nullable AuthConfig> methods) {
        this.generation = generation;
        this.config = config;
        this.announced = AnnouncedRoles.roles(config);
        this.showsAgents = config.showsAgents();
        this.authorizers = authorizers;
        this.methods = methods;
        config.roles()
                .forEach((name, role) ->
                        permissionsByRole.put(name, new SessionPermissions(config, new Permissions(role))));
    }

    /** Whether {@code other} is the policy of a later configuration. */
    boolean isBefore(RealmPolicy other) {
        return generation < other.generation;
    }

    RealmConfig config() {
        return config;
    }

    /** The roles and features that the router announces in this realm. */
    Roles announced() {
        return announced;
    }

    /** Whether the realm has a role whose sessions can see the client libraries of other sessions. */
    boolean showsAgents() {
        return showsAgents;
    }

    /** The procedures of this realm that authorize messages for a role of any realm. */
    Set<Uri> authorizers() {
        return authorizers;
    }

    /** The permissions of all sessions of a role; null if the realm does not have the role. */
    @Nullable
    SessionPermissions permissions(String role) {
        return permissionsByRole.get(role);
    }

    /**
     * The reason why a client with this identity is not admitted, or null.
     *
     * @param grantedBy the realm whose methods authenticated the client, or null for this realm
     */
    @Nullable
    JoinRefused refusal(Identity identity, @Nullable String grantedBy) {
        String role = String.valueOf(identity.authrole());
        if (!config.roles().containsKey(role)) {
            return JoinRefused.of(
                    WampError.NO_SUCH_ROLE, "realm '" + config.name() + "' no longer has the role '" + role + "'");
        }
        AuthConfig auth = grantedBy == null ? config.auth() : methods.apply(grantedBy);
        return auth != null && admits(auth, identity, role)
                ? null
                : JoinRefused.of(
                        WampError.NOT_AUTHORIZED,
                        "the configuration no longer admits this client with the method '" + identity.authmethod()
                                + "' and the role '" + role + "'");
    }

    private static boolean admits(AuthConfig auth, Identity identity, String role) {
        String method = String.valueOf(identity.authmethod());
        if (method.equals("trusted")) {
            return true;
        }
        if (method.equals(AuthMethod.ANONYMOUS.wire()) && auth.anonymousRole() != null) {
            return auth.anonymousRoles().anyMatch(role::equals);
        }
        return auth.offers().stream()
                .filter(offer -> offer.method().wire().equals(method))
                .map(AuthMethodConfig::source)
                .anyMatch(source -> source.mayAdmit(String.valueOf(identity.authid()), role));
    }
}
