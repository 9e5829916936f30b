package io.junctor.server.yaml;

import io.junctor.router.authorization.Permissions;
import io.junctor.router.config.HookTarget;
import io.junctor.router.config.HttpCalleeConfig;
import io.junctor.router.config.OutgoingWebhookConfig;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RuleEffect;
import io.junctor.router.config.UriTemplate;
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
        Stream<String> incoming =
                targets(config).filter(target -> target.realm().equals(realm)).map(HookTarget::role);
        Stream<String> outgoing = config.realms().stream()
                .filter(one -> one.name().equals(realm))
                .map(RealmConfig::services)
                .flatMap(services -> Stream.concat(
                        services.webhooks().values().stream().map(OutgoingWebhookConfig::role),
                        services.callees().values().stream().map(HttpCalleeConfig::role)));
        return Stream.concat(incoming, outgoing).collect(Collectors.toSet());
    }

    private static Stream<HookTarget> targets(RouterConfig config) {
        return config.listeners().stream()
                .flatMap(listener -> listener.http().services().webhooks().values().stream())
                .map(hook -> hook.target());
    }

    /** Reports a role that the realm does not have, at {@code role}; warns of one that may not do what it is for, at {@code uri}. */
    static void check(HookTarget target, RouterConfig config, YamlNode role, YamlNode uri) {
        config.realms().stream()
                .filter(realm -> realm.name().equals(target.realm()))
                .forEach(realm -> check(target, realm, role, uri));
    }

    private static void check(HookTarget target, RealmConfig realm, YamlNode role, YamlNode uri) {
        RoleConfig config = realm.roles().get(target.role());
        if (config == null) {
            role.unknownName(
                    "realm '" + realm.name() + "' has no such role; it has",
                    target.role(),
                    realm.roles().keySet().stream().sorted().toList());
        } else if (!may(config, target.action(), target.uri(), MatchPolicy.EXACT)) {
            uri.warnAtKey("the role '" + target.role() + "' of realm '" + realm.name() + "' may not "
                    + target.action().name().toLowerCase(Locale.ROOT) + " "
                    + target.uri().text());
        }
    }

    /** Whether rules, or an authorizer that they ask, may allow an action. */
    static boolean may(RoleConfig role, Action action, Uri uri, MatchPolicy match) {
        boolean hasTemplate = role.rules().stream()
                .anyMatch(rule -> rule.actions().contains(action) && UriTemplate.isTemplate(rule.uri()));
        return hasTemplate
                || switch (new Permissions(role).effect(action, uri, match)) {
                    case RuleEffect.Allow allow -> true;
                    case RuleEffect.Ask ask -> true;
                    case RuleEffect.Deny deny -> false;
                };
    }
}
