package io.junctor.server.yaml;

import io.junctor.router.authorization.Permissions;
import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.config.AuthorizerConfig;
import io.junctor.router.config.ConfigWarnings;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RuleEffect;
import io.junctor.router.config.UriTemplate;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Warns of roles, methods and procedures of a realm that are of no use, in a file without errors. */
record RealmWarnings(RouterConfig config, RealmConfig realm, SectionValues values) {

    void warn() {
        Map<String, YamlNode> nodes = values.entries("roles");
        List<String> unused = ConfigWarnings.rolesWithoutMethod(realm, config);
        nodes.forEach((name, node) -> {
            if (unused.contains(name)) {
                node.warnAtKey("no authentication method of this realm grants the role '" + name + "'");
            }
        });
        ConfigWarnings.refusedByListeners(realm, config).forEach(values.node()::warnAtKey);
        realm.auth().offers().forEach(this::warnOfAuthenticator);
        nodes.forEach(this::warnOfAuthorizer);
        warnOfServices();
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
                && realm.auth().offers().stream().allMatch(this::isServedHere)
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
    private boolean isServedHere(AuthMethodConfig offer) {
        return offer.source() instanceof AuthSource.Procedure procedure
                && place(procedure.realm()).equals(realm.name());
    }

    /** An authorizer cannot allow a session to register that authorizer, but perhaps an authenticator. */
    private boolean canRegister(String place, Uri procedure, boolean mayAsk) {
        Stream<RealmConfig> templates = config.templates().stream()
                .filter(template -> template.named(place) != null)
                .map(RealmTemplate::realm);
        return Stream.concat(config.all().filter(other -> other.name().equals(place)), templates)
                .flatMap(other -> other.roles().values().stream())
                .anyMatch(role -> may(role, Action.REGISTER, procedure, MatchPolicy.EXACT, mayAsk));
    }

    /** Whether rules may allow an action, or if {@code mayAsk} an authorizer that they ask. */
    private static boolean may(RoleConfig role, Action action, Uri uri, MatchPolicy match, boolean mayAsk) {
        boolean hasTemplate = role.rules().stream()
                .anyMatch(rule -> rule.actions().contains(action) && UriTemplate.isTemplate(rule.uri()));
        return hasTemplate
                || switch (new Permissions(role).effect(action, uri, match)) {
                    case RuleEffect.Allow allow -> true;
                    case RuleEffect.Ask ask -> mayAsk;
                    case RuleEffect.Deny deny -> false;
                };
    }

    /** The router itself acts with the roles of services. */
    private void warnOfServices() {
        realm.services().webhooks().forEach((name, hook) -> {
            YamlNode node = values.entries("webhooks").get(name);
            warnOfService(node, hook.role(), Action.SUBSCRIBE, hook.topic(), hook.match());
            if (hook.deadLetter() != null) {
                warnOfService(node, hook.role(), Action.PUBLISH, hook.deadLetter(), MatchPolicy.EXACT);
            }
        });
        realm.services().callees().forEach((name, callee) -> {
            YamlNode node = values.entries("http_callees").get(name);
            warnOfService(node, callee.role(), Action.REGISTER, new Uri(name), MatchPolicy.EXACT);
        });
    }

    private void warnOfService(@Nullable YamlNode node, String role, Action action, Uri uri, MatchPolicy match) {
        RoleConfig rules = realm.roles().get(role);
        if (node != null && rules != null) {
            warn(node, "the role of " + node.label(), rules, action, uri, match);
        }
    }

    /** Warns at {@code node} if a role may not do what it is for. */
    static void warn(YamlNode node, String subject, RoleConfig role, Action action, Uri uri, MatchPolicy match) {
        if (!may(role, action, uri, match, true)) {
            node.warnAtKey(subject + " may not " + action.name().toLowerCase(Locale.ROOT) + " " + uri.text());
        }
    }
}
