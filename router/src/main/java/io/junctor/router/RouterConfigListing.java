package io.junctor.router;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.TlsConfig;
import io.junctor.router.config.listener.WebSocketPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Describes the configuration of the whole router that is in force, for {@code junctor.config.router}. It lists each setting explicitly, so
 * it never contains a secret, the path of a file or a user name. May run on any thread.
 */
final class RouterConfigListing {
    private RouterConfigListing() {}

    static Map<String, Object> of(RouterConfig config) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "listeners",
                config.listeners().stream().map(RouterConfigListing::listener).toList());
        answer.put("realms", config.realms().stream().map(RealmConfig::name).toList());
        answer.put(
                "templates",
                config.templates().stream().map(RouterConfigListing::template).toList());
        answer.put("limits", limits(config.limits()));
        answer.put("shutdown", lower(config.shutdown()));
        answer.put("shutdown_delay_ms", config.drain().delay().toMillis());
        answer.put("shutdown_wait_ms", config.drain().patience().toMillis());
        return answer;
    }

    private static Map<String, @Nullable Object> listener(ListenerConfig config) {
        TlsConfig tls = config.tls();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("address", config.address().toString());
        answer.put(
                "websockets",
                config.http().websockets().stream().map(WebSocketPath::path).toList());
        answer.put("protocols", names(config.protocols().accepted()));
        answer.put("serializers", names(config.serializers()));
        answer.put("tls", tls != null);
        answer.put("client_certificates", tls == null ? null : lower(tls.clientCertificates()));
        answer.put("origins", config.origins());
        answer.put("console", config.servesConsole());
        answer.put("http_gateway", config.http().gateway() != null);
        answer.put(
                "trusted_proxies",
                !config.proxies().trusted().isEmpty() || config.proxies().unix());
        answer.put("joins", joins(config.joins()));
        answer.put("message_bytes", (long) config.limits().messageBytes());
        return answer;
    }

    /** Describes a restriction; an empty list means that all are allowed. */
    private static Map<String, List<String>> joins(JoinRestriction joins) {
        return Map.of(
                "realms", sorted(joins.realms().stream()),
                "authmethods", sorted(joins.authmethods().stream()),
                "roles", sorted(joins.roles().stream()));
    }

    private static Map<String, Object> template(RealmTemplate template) {
        return Map.of(
                "realm", template.realm().name(),
                "most", (long) template.most(),
                "idle_ms", template.idle().toMillis());
    }

    private static Map<String, Object> limits(RouterLimits limits) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("sessions", (long) limits.sessions());
        answer.put("outbox_heap_percent", (long) limits.outboxHeapPercent());
        answer.put("failed_joins_per_minute", (long) limits.failedJoinsPerMinute());
        answer.put("incoming_heap_percent", (long) limits.incomingHeapPercent());
        answer.put("kept_heap_percent", (long) limits.keptHeapPercent());
        answer.put("challenges_per_minute", (long) limits.challengesPerMinute());
        return answer;
    }

    private static List<String> names(Set<? extends Enum<?>> constants) {
        return sorted(constants.stream().map(RouterConfigListing::lower));
    }

    private static List<String> sorted(Stream<String> texts) {
        return texts.sorted().toList();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
