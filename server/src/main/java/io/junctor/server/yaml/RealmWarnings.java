package io.junctor.server.yaml;

import io.junctor.router.config.AuthConfig;
import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.config.AuthorizerConfig;
import io.junctor.router.config.JoinRestriction;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.ListenerProtocol;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Warns of roles and methods of a realm that no client can have or use, in a file without errors. */
final class RealmWarnings {
    private final RouterConfig config;
    private final YamlNode node;
    private final YamlNode authNode;
    private final String realm;
    private final AuthConfig auth;
    private final Map<String, YamlNode> roleNodes;
    private final Map<String, RoleConfig> roles;

    private RealmWarnings(SectionValues values, RouterConfig config) {
        this.config = config;
        node = values.node();
        authNode = values.node("auth");
        realm = node.name();
        auth = values.get("auth");
        roleNodes = values.entries("roles");
        roles = values.get("roles");
    }

    static void warn(SectionValues values, RouterConfig config) {
        RealmWarnings warnings = new RealmWarnings(values, config);
        warnings.warnOfUnusedRoles();
        warnings.auth.offers().forEach(warnings::warnOfAuthenticator);
        warnings.roles.forEach(warnings::warnOfAuthorizer);
        warnings.warnOfListeners();
    }

    /** An authenticator may grant any role, in any realm. */
    private void warnOfUnusedRoles() {
        boolean isDynamic = config.all()
                        .flatMap(other -> other.auth().offers().stream())
                        .anyMatch(offer -> offer.source().isDynamic())
                || auth.offers().stream().anyMatch(offer -> offer.source() instanceof AuthSource.Tokens);
        if (isDynamic) {
            return;
        }
        Set<String> granted = new HashSet<>(ServiceRole.roles(realm, config));
        auth.anonymousRoles().forEach(granted::add);
        auth.offers().forEach(offer -> granted(offer.source()).forEach(granted::add));
        roleNodes.forEach((name, role) -> {
            if (!granted.contains(name)) {
                role.warnAtKey("no authentication method of this realm grants the role '" + name + "'");
            }
        });
    }

    private static Stream<String> granted(AuthSource source) {
        return switch (source) {
            case AuthSource.Users users ->
                users.byAuthid().values().stream().map(Principal::roles).flatMap(List::stream);
            case AuthSource.Holders holders -> holders.roles().stream();
            case AuthSource.Accounts accounts ->
                accounts.principals().map(Principal::roles).flatMap(List::stream);
            case AuthSource.UsersFirst first -> Stream.empty();
            case AuthSource.Procedure procedure -> Stream.empty();
            case AuthSource.Program program -> Stream.empty();
            case AuthSource.Tokens tokens -> Stream.empty();
        };
    }

    /** Every client is refused if no client can register the authenticator. */
    private void warnOfAuthenticator(AuthMethodConfig offer) {
        AuthSource.Procedure procedure = procedure(offer.source());
        if (procedure == null) {
            return;
        }
        String authenticator = "the authenticator " + procedure.uri().text() + " of '"
                + offer.method().wire() + "'";
        if (!canRegister(place(procedure.realm()), procedure.uri(), true)) {
            authNode.warnAtKey("no role of realm '" + place(procedure.realm()) + "' may register " + authenticator);
        } else if (place(procedure.realm()).equals(realm)
                && auth.offers().stream().allMatch(this::isServedHere)
                && auth.anonymousRole() == null) {
            authNode.warnAtKey("no client can join realm '" + realm + "' to register " + authenticator
                    + ": all methods of the realm need an authenticator in the realm itself");
        }
    }

    private void warnOfAuthorizer(String name, RoleConfig role) {
        AuthorizerConfig authorizer = role.authorizer();
        YamlNode roleNode = roleNodes.get(name);
        if (roleNode != null
                && authorizer != null
                && authorizer.source() instanceof AuthorizerConfig.Procedure procedure
                && !canRegister(place(procedure.realm()), procedure.uri(), false)) {
            roleNode.warnAtKey("no role of realm '" + place(procedure.realm()) + "' may register the authorizer "
                    + procedure.uri().text());
        }
    }

    private String place(@Nullable String named) {
        return named == null ? realm : named;
    }

    private static AuthSource.@Nullable Procedure procedure(AuthSource source) {
        AuthSource last = source instanceof AuthSource.UsersFirst first ? first.others() : source;
        return last instanceof AuthSource.Procedure procedure ? procedure : null;
    }

    /** Whether the method admits only clients that a procedure of this realm knows. */
    private boolean isServedHere(AuthMethodConfig offer) {
        return offer.source() instanceof AuthSource.Procedure procedure
                && place(procedure.realm()).equals(realm);
    }

    /** An authorizer cannot allow a session to register that authorizer, but perhaps an authenticator. */
    private boolean canRegister(String place, Uri procedure, boolean mayAsk) {
        return config.all()
                .filter(other -> other.name().equals(place) || isTemplateOf(other, place))
                .flatMap(other -> other.roles().values().stream())
                .anyMatch(role -> ServiceRole.may(role, Action.REGISTER, procedure, MatchPolicy.EXACT, mayAsk));
    }

    private boolean isTemplateOf(RealmConfig other, String place) {
        return config.templates().stream()
                .anyMatch(template -> template.realm().equals(other) && template.named(place) != null);
    }

    private void warnOfListeners() {
        if (config.listeners().isEmpty()) {
            return;
        }
        List<JoinRestriction> joins = config.listeners().stream()
                .flatMap(RealmWarnings::restrictions)
                .filter(restriction -> restriction.allowsRealm(realm))
                .toList();
        if (joins.isEmpty()) {
            node.warnAtKey("no listener admits sessions of the realm '" + realm + "'");
            return;
        }
        roles.keySet().stream()
                .filter(role -> joins.stream().noneMatch(restriction -> restriction.allowsRole(role)))
                .sorted()
                .forEach(role -> node.warnAtKey("no listener admits sessions of the role '" + role + "'"));
        Stream<String> methods = Stream.concat(
                Stream.ofNullable(auth.anonymousRole()).map(role -> AuthMethod.ANONYMOUS.wire()),
                auth.offers().stream().map(offer -> offer.method().wire()));
        if (methods.noneMatch(method -> joins.stream().anyMatch(restriction -> restriction.allowsMethod(method)))) {
            node.warnAtKey("no listener admits an authentication method of this realm");
        }
    }

    private static Stream<JoinRestriction> restrictions(ListenerConfig listener) {
        Stream<JoinRestriction> paths = listener.http().websockets().stream().map(listener::joins);
        boolean withoutPath = listener.protocols().accepts(ListenerProtocol.RAWSOCKET)
                || listener.http().gateway() != null;
        return withoutPath ? Stream.concat(paths, Stream.of(listener.joins())) : paths;
    }
}
