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
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the roles with which the router itself acts, such as for a webhook. */
final class ServiceRole {
    private ServiceRole() {}

    /** The roles of a realm that services use. */
    static Set<String> roles(String realm, RouterConfig config) {
        Stream<String> incoming = config.listeners().stream()
                .flatMap(listener -> incoming(realm, listener.http().services()));
        Stream<String> outgoing = config.realms().stream()
                .filter(one -> one.name().equals(realm))
                .map(RealmConfig::services)
                .flatMap(services -> Stream.concat(
                        services.webhooks().values().stream().map(OutgoingWebhookConfig::role),
                        services.callees().values().stream().map(HttpCalleeConfig::role)));
        return Stream.concat(incoming, outgoing).collect(Collectors.toSet());
    }

    /** What a role is used for. */
    record Use(Action action, Uri uri) {}

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

    /** Reports at {@code node} a role that the realm does not have. */
    static void check(String realm, String role, RouterConfig config, YamlNode node) {
        realm(realm, config)
                .filter(one -> !one.roles().containsKey(role))
                .forEach(one -> node.unknownName(
                        "realm '" + realm + "' has no such role; it has",
                        role,
                        one.roles().keySet().stream().sorted().toList()));
    }

    /** Warns at {@code node} of a role that may not do what it is for. */
    static void warn(String realm, String role, RouterConfig config, Use use, YamlNode node) {
        realm(realm, config)
                .flatMap(one -> Stream.ofNullable(one.roles().get(role)))
                .filter(rules -> !may(rules, use.action(), use.uri(), MatchPolicy.EXACT, true))
                .forEach(rules -> node.warnAtKey("the role '" + role + "' of realm '" + realm + "' may not "
                        + use.action().name().toLowerCase(Locale.ROOT) + " "
                        + use.uri().text()));
    }

    private static Stream<RealmConfig> realm(String name, RouterConfig config) {
        return config.realms().stream().filter(realm -> realm.name().equals(name));
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
