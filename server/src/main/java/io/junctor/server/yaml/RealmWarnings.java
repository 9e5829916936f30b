package io.junctor.server.yaml;

import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.config.AuthorizerConfig;
import io.junctor.router.config.JoinRestriction;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.ListenerProtocol;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Warns of roles and methods of a realm that no client can have or use, in a file without errors. */
record RealmWarnings(RouterConfig config, RealmConfig realm, SectionValues values) {

    void warn() {
        warnOfUnusedRoles();
        realm.auth().offers().forEach(this::warnOfAuthenticator);
        values.entries("roles").forEach(this::warnOfAuthorizer);
        warnOfListeners();
    }

    /** An authenticator may grant any role, in any realm. */
    private void warnOfUnusedRoles() {
        Stream<AuthSource> others = config.all().flatMap(RealmWarnings::sources);
        if (others.anyMatch(AuthSource::isDynamic) || sources(realm).anyMatch(AuthSource.Tokens.class::isInstance)) {
            return;
        }
        Set<String> granted = Stream.of(
                        ServiceRole.roles(realm, config),
                        realm.auth().anonymousRoles(),
                        sources(realm).flatMap(RealmWarnings::granted))
                .flatMap(roles -> roles)
                .collect(Collectors.toSet());
        values.entries("roles").forEach((name, node) -> {
            if (!granted.contains(name)) {
                node.warnAtKey("no authentication method of this realm grants the role '" + name + "'");
            }
        });
    }

    private static Stream<AuthSource> sources(RealmConfig realm) {
        return realm.auth().offers().stream().map(AuthMethodConfig::source);
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
        AuthSource source = offer.source() instanceof AuthSource.UsersFirst first ? first.others() : offer.source();
        if (!(source instanceof AuthSource.Procedure procedure)) {
            return;
        }
        String authenticator = "the authenticator " + procedure.uri().text() + " of '"
                + offer.method().wire() + "'";
        String place = place(procedure.realm());
        YamlNode node = values.node("auth");
        if (!canRegister(place, procedure.uri(), true)) {
            node.warnAtKey("no role of realm '" + place + "' may register " + authenticator);
        } else if (place.equals(realm.name())
                && sources(realm).allMatch(this::isServedHere)
                && realm.anonymousRole() == null) {
            node.warnAtKey("no client can join realm '" + place + "' to register " + authenticator
                    + ": all methods of the realm need an authenticator in the realm itself");
        }
    }

    private void warnOfAuthorizer(String name, YamlNode node) {
        RoleConfig role = realm.roles().get(name);
        AuthorizerConfig authorizer = role == null ? null : role.authorizer();
        if (authorizer != null
                && authorizer.source() instanceof AuthorizerConfig.Procedure procedure
                && !canRegister(place(procedure.realm()), procedure.uri(), false)) {
            node.warnAtKey("no role of realm '" + place(procedure.realm()) + "' may register the authorizer "
                    + procedure.uri().text());
        }
    }

    private String place(@Nullable String named) {
        return named == null ? realm.name() : named;
    }

    /** Whether the method admits only clients that a procedure of this realm knows. */
    private boolean isServedHere(AuthSource source) {
        return source instanceof AuthSource.Procedure procedure
                && place(procedure.realm()).equals(realm.name());
    }

    /** An authorizer cannot allow a session to register that authorizer, but perhaps an authenticator. */
    private boolean canRegister(String place, Uri procedure, boolean mayAsk) {
        Stream<RealmConfig> named =
                config.realms().stream().filter(other -> other.name().equals(place));
        Stream<RealmConfig> made = config.templates().stream()
                .filter(template ->
                        template.named(place) != null || template.realm().name().equals(place))
                .map(RealmTemplate::realm);
        return Stream.concat(named, made)
                .flatMap(other -> other.roles().values().stream())
                .anyMatch(role -> ServiceRole.may(role, Action.REGISTER, procedure, MatchPolicy.EXACT, mayAsk));
    }

    private void warnOfListeners() {
        if (config.listeners().isEmpty()) {
            return;
        }
        YamlNode node = values.node();
        List<JoinRestriction> joins = config.listeners().stream()
                .flatMap(RealmWarnings::restrictions)
                .filter(restriction -> restriction.allowsRealm(realm.name()))
                .toList();
        if (joins.isEmpty()) {
            node.warnAtKey("no listener admits sessions of the realm '" + realm.name() + "'");
            return;
        }
        realm.roles().keySet().stream()
                .filter(role -> joins.stream().noneMatch(restriction -> restriction.allowsRole(role)))
                .sorted()
                .forEach(role -> node.warnAtKey("no listener admits sessions of the role '" + role + "'"));
        Stream<AuthMethod> methods = Stream.concat(
                realm.anonymousRole() == null ? Stream.empty() : Stream.of(AuthMethod.ANONYMOUS),
                realm.auth().offers().stream().map(AuthMethodConfig::method));
        if (methods.map(AuthMethod::wire)
                .noneMatch(method -> joins.stream().anyMatch(restriction -> restriction.allowsMethod(method)))) {
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
