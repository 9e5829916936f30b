package io.junctor.router.authorization;

import io.junctor.router.config.ConfigWarning;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.auth.AuthorizerConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.config.auth.UriTemplate;
import io.junctor.router.config.http.HookAction;
import io.junctor.router.config.listener.HttpServices;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds authenticators and authorizers that no client can register, and HTTP services whose role does not have the permissions that the
 * service needs. Confined to one thread.
 */
public final class PermissionWarnings {
    private final RouterConfig config;
    private final List<ConfigWarning> found = new ArrayList<>();

    private PermissionWarnings(RouterConfig config) {
        this.config = config;
    }

    /** All warnings about a configuration. */
    public static List<ConfigWarning> of(RouterConfig config) {
        PermissionWarnings warnings = new PermissionWarnings(config);
        config.all().forEach(warnings::ofRealm);
        for (int i = 0; i < config.listeners().size(); i++) {
            warnings.ofListener(config.listeners().get(i).http().services(), String.valueOf(i));
        }
        return warnings.found.stream()
                .sorted(Comparator.comparing(ConfigWarning::toString))
                .toList();
    }

    private void add(String text, String... place) {
        found.add(new ConfigWarning(List.of(place), text));
    }

    private void ofRealm(RealmConfig realm) {
        String name = realm.name();
        realm.auth().offers().forEach(offer -> warnOfAuthenticator(offer, realm));
        realm.roles().forEach((role, config) -> warnOfAuthorizer(config.authorizer(), realm, role));
        realm.services().webhooks().forEach((hook, config) -> {
            RoleConfig role = realm.roles().get(config.role());
            String subject = "the role of '" + hook + "'";
            Request delivered = new Request(Action.SUBSCRIBE, config.topic(), config.match());
            warnUnlessMay(delivered, role, subject, "realms", name, "webhooks", hook);
            if (config.deadLetter() != null) {
                Request undelivered = new Request(Action.PUBLISH, config.deadLetter(), MatchPolicy.EXACT);
                warnUnlessMay(undelivered, role, subject, "realms", name, "webhooks", hook);
            }
        });
        realm.services().callees().forEach((procedure, config) -> {
            RoleConfig role = realm.roles().get(config.role());
            Request registered = new Request(Action.REGISTER, new Uri(procedure), MatchPolicy.EXACT);
            warnUnlessMay(
                    registered, role, "the role of '" + procedure + "'", "realms", name, "http_callees", procedure);
        });
    }

    private void ofListener(HttpServices services, String number) {
        services.webhooks().forEach((path, webhook) -> {
            HookAction action = webhook.target();
            Request request = new Request(action.action(), action.uri(), MatchPolicy.EXACT);
            String key = request.verb();
            warnOfService(request, action.realm(), action.role(), "listen", number, "webhooks", path, key);
        });
        services.crossbar().forEach((path, service) -> {
            if (service.topic() != null) {
                Request request = new Request(Action.PUBLISH, service.topic(), MatchPolicy.EXACT);
                String[] place = {"listen", number, "crossbar_services", path, "topic"};
                warnOfService(request, service.realm(), service.role(), place);
            }
        });
    }

    private void warnOfService(Request request, String realm, String role, String... place) {
        String subject = "the role '" + role + "' of realm '" + realm + "'";
        config.realms().stream()
                .filter(one -> one.name().equals(realm))
                .forEach(one -> warnUnlessMay(request, one.roles().get(role), subject, place));
    }

    /** Every client is refused if no client can register the authenticator. */
    private void warnOfAuthenticator(AuthMethodConfig offer, RealmConfig realm) {
        AuthSource source = offer.source() instanceof AuthSource.UsersFirst first ? first.others() : offer.source();
        if (!(source instanceof AuthSource.Procedure procedure)) {
            return;
        }
        String authenticator = "the authenticator " + procedure.uri().text() + " of '"
                + offer.method().wire() + "'";
        String place = place(procedure.realm(), realm);
        if (!canRegister(procedure.uri(), place, true)) {
            add("no role of realm '" + place + "' may register " + authenticator, "realms", realm.name(), "auth");
        } else if (place.equals(realm.name())
                && realm.auth().offers().stream().allMatch(other -> isServedBy(realm, other))
                && realm.anonymousRole() == null) {
            String reason = ": all methods of the realm need an authenticator in the realm itself";
            add(
                    "no client can join realm '" + place + "' to register " + authenticator + reason,
                    "realms",
                    realm.name(),
                    "auth");
        }
    }

    private void warnOfAuthorizer(@Nullable AuthorizerConfig authorizer, RealmConfig realm, String role) {
        if (authorizer != null && authorizer.source() instanceof AuthorizerConfig.Procedure procedure) {
            String place = place(procedure.realm(), realm);
            if (!canRegister(procedure.uri(), place, false)) {
                String what = "the authorizer " + procedure.uri().text();
                add("no role of realm '" + place + "' may register " + what, "realms", realm.name(), "roles", role);
            }
        }
    }

    private static String place(@Nullable String named, RealmConfig own) {
        return named == null ? own.name() : named;
    }

    /** Whether only a procedure of this realm decides which clients the method admits. */
    private static boolean isServedBy(RealmConfig realm, AuthMethodConfig offer) {
        return offer.source() instanceof AuthSource.Procedure procedure
                && place(procedure.realm(), realm).equals(realm.name());
    }

    /**
     * Whether some client can register {@code procedure}. An authorizer cannot allow its own registration, but it may allow that of an
     * authenticator ({@code mayAsk}).
     */
    private boolean canRegister(Uri procedure, String place, boolean mayAsk) {
        Request request = new Request(Action.REGISTER, procedure, MatchPolicy.EXACT);
        Stream<RealmConfig> templates = config.templates().stream()
                .filter(template -> template.named(place) != null)
                .map(RealmTemplate::realm);
        return Stream.concat(config.all().filter(other -> other.name().equals(place)), templates)
                .flatMap(other -> other.roles().values().stream())
                .anyMatch(role -> may(role, request, mayAsk));
    }

    private void warnUnlessMay(Request request, @Nullable RoleConfig role, String subject, String... place) {
        if (role != null && !may(role, request, true)) {
            add(subject + " may not " + request.verb() + " " + request.uri().text(), place);
        }
    }

    /** Whether the rules may allow a request; if {@code mayAsk}, also whether they leave it to an authorizer. */
    private static boolean may(RoleConfig role, Request request, boolean mayAsk) {
        boolean hasTemplate = role.rules().stream()
                .anyMatch(rule -> rule.actions().contains(request.action()) && UriTemplate.isTemplate(rule.uri()));
        return hasTemplate
                || switch (new Permissions(role).effect(request.action(), request.uri(), request.match())) {
                    case RuleEffect.Allow allow -> true;
                    case RuleEffect.Ask ask -> mayAsk;
                    case RuleEffect.Deny deny -> false;
                };
    }

    private record Request(Action action, Uri uri, MatchPolicy match) {
        private String verb() {
            return action.name().toLowerCase(Locale.ROOT);
        }
    }
}
