package io.junctor.server.yaml;

import io.junctor.router.authorization.Permissions;
import io.junctor.router.config.AuthConfig;
import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.config.AuthorizerConfig;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RuleEffect;
import io.junctor.router.config.UriTemplate;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Warns of authenticators and authorizers that no client can register, so that every client is refused. */
final class DecidingProcedures {
    private final RouterConfig config;
    private final String realm;

    /** The procedures of {@code realm}, whose clients they decide about. */
    DecidingProcedures(RouterConfig config, String realm) {
        this.config = config;
        this.realm = realm;
    }

    /** Warns at {@code node} of the authenticators of {@code auth}. */
    void warn(AuthConfig auth, YamlNode node) {
        for (AuthMethodConfig offer : auth.offers()) {
            AuthSource.Procedure procedure = procedure(offer.source());
            if (procedure == null) {
                continue;
            }
            String place = procedure.realm() == null ? realm : procedure.realm();
            String authenticator = "the authenticator " + procedure.uri().text() + " of '"
                    + offer.method().wire() + "'";
            if (!canRegister(place, procedure.uri(), true)) {
                node.warnAtKey("no role of realm '" + place + "' may register " + authenticator);
            } else if (place.equals(realm)
                    && auth.offers().stream().allMatch(this::isServedHere)
                    && auth.anonymousRole() == null) {
                node.warnAtKey("no client can join realm '" + realm + "' to register " + authenticator
                        + ": all methods of the realm need an authenticator in the realm itself");
            }
        }
    }

    /** Warns at each role whose authorizer no client can register. */
    void warn(Map<String, YamlNode> nodes, Map<String, RoleConfig> roles) {
        roles.forEach((name, role) -> {
            YamlNode node = nodes.get(name);
            AuthorizerConfig authorizer = role.authorizer();
            if (node != null
                    && authorizer != null
                    && authorizer.source() instanceof AuthorizerConfig.Procedure procedure) {
                warnOfAuthorizer(procedure, node);
            }
        });
    }

    private void warnOfAuthorizer(AuthorizerConfig.Procedure procedure, YamlNode node) {
        String place = procedure.realm() == null ? realm : procedure.realm();
        if (!canRegister(place, procedure.uri(), false)) {
            node.warnAtKey("no role of realm '" + place + "' may register the authorizer "
                    + procedure.uri().text());
        }
    }

    private static AuthSource.@Nullable Procedure procedure(AuthSource source) {
        return switch (source) {
            case AuthSource.Procedure procedure -> procedure;
            case AuthSource.UsersFirst first -> procedure(first.others());
            case AuthSource.Users users -> null;
            case AuthSource.Program program -> null;
            case AuthSource.Tokens tokens -> null;
            case AuthSource.Holders holders -> null;
            case AuthSource.Accounts accounts -> null;
        };
    }

    /** Whether the method admits only clients that a procedure of this realm knows. */
    private boolean isServedHere(AuthMethodConfig offer) {
        return offer.source() instanceof AuthSource.Procedure procedure
                && (procedure.realm() == null || procedure.realm().equals(realm));
    }

    /** An authorizer cannot allow a session to register that authorizer, but perhaps an authenticator. */
    private boolean canRegister(String place, Uri procedure, boolean mayAsk) {
        Stream<RoleConfig> roles = config.all()
                .filter(other -> other.name().equals(place) || isTemplateOf(other, place))
                .flatMap(other -> other.roles().values().stream());
        return roles.anyMatch(role -> mayRegister(role, procedure, mayAsk));
    }

    private boolean isTemplateOf(RealmConfig other, String place) {
        return config.templates().stream()
                .anyMatch(template -> template.realm().equals(other) && template.named(place) != null);
    }

    private static boolean mayRegister(RoleConfig role, Uri procedure, boolean mayAsk) {
        boolean hasTemplate = role.rules().stream()
                .anyMatch(rule -> rule.actions().contains(Action.REGISTER) && UriTemplate.isTemplate(rule.uri()));
        return hasTemplate
                || switch (new Permissions(role).effect(Action.REGISTER, procedure, MatchPolicy.EXACT)) {
                    case RuleEffect.Allow allow -> true;
                    case RuleEffect.Ask ask -> mayAsk;
                    case RuleEffect.Deny deny -> false;
                };
    }
}
