package io.junctor.server.yaml;

import io.junctor.router.config.HttpCalleeConfig;
import io.junctor.router.config.OutgoingWebhookConfig;
import io.junctor.router.config.RealmServices;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of a realm about HTTP services. */
final class ServicesSection {
    private static final Key<Map<String, OutgoingWebhookConfig>> WEBHOOKS = Key.withDefault(
            "webhooks",
            new MapType<>(
                    OutgoingWebhookSection.SECTION,
                    "a map of names to webhooks",
                    "a name of letters, digits, '-' and '_'",
                    name -> name.matches("[A-Za-z0-9_-]{1,100}"),
                    null),
            Map.of());
    private static final Key<Map<String, HttpCalleeConfig>> HTTP_CALLEES = Key.withDefault(
            "http_callees",
            new MapType<>(
                    HttpCalleeSection.SECTION,
                    "a map of procedures to HTTP services",
                    "the URI of a procedure",
                    name -> UriRules.LOOSE.isUri(new Uri(name)) && !new Uri(name).isReserved(),
                    null),
            Map.of());
    static final List<Key<?>> KEYS = List.of(WEBHOOKS, HTTP_CALLEES);

    private ServicesSection() {}

    static RealmServices build(SectionValues values) {
        return new RealmServices(values.get(WEBHOOKS), values.get(HTTP_CALLEES));
    }

    /** Checks the services of a realm, and warns of those whose role may not do what they are for. */
    static void check(SectionValues values, Map<String, RoleConfig> roles) {
        boolean hasAny = Stream.of(WEBHOOKS, HTTP_CALLEES)
                .anyMatch(key -> !values.entries(key).isEmpty());
        if (hasAny && RealmTemplate.isPattern(values.node().name())) {
            values.error("'webhooks' and 'http_callees' need a realm that always exists, and not a template");
        }
        Map<String, YamlNode> hooks = values.entries(WEBHOOKS);
        Objects.requireNonNullElse(values.find(WEBHOOKS), Map.<String, OutgoingWebhookConfig>of())
                .forEach((name, hook) -> {
                    YamlNode node = hooks.get(name);
                    warn(roles.get(hook.role()), Action.SUBSCRIBE, hook.topic(), hook.match(), node);
                    if (hook.deadLetter() != null) {
                        warn(roles.get(hook.role()), Action.PUBLISH, hook.deadLetter(), MatchPolicy.EXACT, node);
                    }
                });
        Map<String, YamlNode> callees = values.entries(HTTP_CALLEES);
        Objects.requireNonNullElse(values.find(HTTP_CALLEES), Map.<String, HttpCalleeConfig>of())
                .forEach((procedure, callee) -> warn(
                        roles.get(callee.role()),
                        Action.REGISTER,
                        new Uri(procedure),
                        MatchPolicy.EXACT,
                        callees.get(procedure)));
    }

    private static void warn(
            @Nullable RoleConfig role, Action action, Uri uri, MatchPolicy match, @Nullable YamlNode node) {
        if (role != null && node != null && !ServiceRole.may(role, action, uri, match)) {
            node.warnAtKey("the role of " + node.label() + " may not "
                    + action.name().toLowerCase(Locale.ROOT) + " " + uri.text());
        }
    }
}
