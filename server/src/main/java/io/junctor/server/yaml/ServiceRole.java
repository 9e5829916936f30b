package io.junctor.server.yaml;

import io.junctor.router.authorization.Permissions;
import io.junctor.router.config.CrossbarService;
import io.junctor.router.config.HookTarget;
import io.junctor.router.config.HttpCalleeConfig;
import io.junctor.router.config.HttpServices;
import io.junctor.router.config.OutgoingWebhookConfig;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RuleEffect;
import io.junctor.router.config.UriTemplate;
import io.junctor.router.config.WebhookConfig;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Checks the roles with which the router itself acts, such as for a webhook. */
final class ServiceRole {
    private ServiceRole() {}

    /** The roles of a realm that services use. */
    static Stream<String> roles(RealmConfig realm, RouterConfig config) {
        return Stream.of(
                        config.listeners().stream()
                                .map(listener -> listener.http().services())
                                .flatMap(services -> incoming(realm.name(), services)),
                        realm.services().webhooks().values().stream().map(OutgoingWebhookConfig::role),
                        realm.services().callees().values().stream().map(HttpCalleeConfig::role))
                .flatMap(roles -> roles);
    }

    private static Stream<String> incoming(String realm, HttpServices services) {
        return Stream.concat(
                services.webhooks().values().stream()
                        .map(WebhookConfig::target)
                        .filter(target -> target.realm().equals(realm))
                        .map(HookTarget::role),
                services.crossbar().values().stream()
                        .filter(service -> service.realm().equals(realm))
                        .map(CrossbarService::role));
    }

    /** Checks, when the file has been read, that {@code realm} has {@code role}, and that it may do {@code action} with a URI. */
    static void check(SectionValues values, Action action, String uriKey) {
        String name = values.get("realm");
        String role = values.get("role");
        Uri uri = values.find(uriKey);
        values.document()
                .addConfigCheck(config -> config.realms().stream()
                        .filter(realm -> realm.name().equals(name))
                        .forEach(realm -> {
                            RoleConfig rules = realm.roles().get(role);
                            if (rules == null) {
                                List<String> known =
                                        realm.roles().keySet().stream().sorted().toList();
                                values.node("role")
                                        .unknownName("realm '" + name + "' has no such role; it has", role, known);
                            } else if (uri != null) {
                                String subject = "the role '" + role + "' of realm '" + name + "'";
                                warn(values.node(uriKey), subject, rules, action, uri, MatchPolicy.EXACT);
                            }
                        }));
    }

    /** Warns at {@code node} of a role that may not do what it is for. */
    static void warn(YamlNode node, String subject, RoleConfig role, Action action, Uri uri, MatchPolicy match) {
        if (!may(role, action, uri, match, true)) {
            node.warnAtKey(subject + " may not " + action.name().toLowerCase(Locale.ROOT) + " " + uri.text());
        }
    }

    /** Whether rules may allow an action, or if {@code mayAsk} an authorizer that they ask. */
    static boolean may(RoleConfig role, Action action, Uri uri, MatchPolicy match, boolean mayAsk) {
        boolean hasTemplate = role.rules().stream()
                .anyMatch(rule -> rule.actions().contains(action) && UriTemplate.isTemplate(rule.uri()));
        return hasTemplate
                || switch (new Permissions(role).effect(action, uri, match)) {
                    case RuleEffect.Allow allow -> true;
                    case RuleEffect.Ask ask -> mayAsk;
                    case RuleEffect.Deny deny -> false;
                };
    }
}
