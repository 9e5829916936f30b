package io.junctor.server.yaml;

import io.junctor.router.config.GatewayConfig;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The HTTP gateway of a listener. */
final class GatewaySection {
    private static final GatewayConfig DEFAULT = GatewayConfig.DEFAULT;
    private static final Pattern PATH = Pattern.compile("/|(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?");
    private static final Duration LEAST = Duration.ofMillis(10);

    private static final Key<String> PATH_KEY = Key.withDefault(
            "path", ScalarType.matching("a path such as / or /api", PATH.asMatchPredicate()), DEFAULT.path());
    private static final Key<String> REALM = Key.optional(
            "realm",
            RealmNames.realm((config, name) ->
                    config.all().anyMatch(realm -> realm.name().equals(name) && !name.contains("{"))));
    private static final Key<Duration> CALL_TIMEOUT =
            Key.withDefault("call_timeout", ScalarType.duration(LEAST, Duration.ofHours(24)), DEFAULT.callTimeout());
    private static final Key<Duration> LOGIN_TIME = Key.withDefault(
            "login_time", ScalarType.duration(Duration.ZERO, Duration.ofHours(24)), DEFAULT.loginTime());
    private static final Key<Integer> SESSIONS =
            Key.withDefault("sessions", ScalarType.integer(1, 1_000_000), DEFAULT.sessions());
    private static final Key<Duration> IDEMPOTENCY_TIME = Key.withDefault(
            "idempotency_time", ScalarType.duration(LEAST, Duration.ofHours(24)), DEFAULT.idempotencyTime());
    private static final Key<Integer> IDEMPOTENCY_KEYS =
            Key.withDefault("idempotency_keys", ScalarType.integer(1, 10_000_000), DEFAULT.idempotencyKeys());

    static final Section<GatewayConfig> SECTION = Section.of(
            "a map such as { path: /api, realm: realm1 }",
            List.of(PATH_KEY, REALM, CALL_TIMEOUT, LOGIN_TIME, SESSIONS, IDEMPOTENCY_TIME, IDEMPOTENCY_KEYS),
            values -> new GatewayConfig(
                    values.get(PATH_KEY),
                    values.find(REALM),
                    values.get(CALL_TIMEOUT),
                    values.get(LOGIN_TIME),
                    values.get(SESSIONS),
                    values.get(IDEMPOTENCY_TIME),
                    values.get(IDEMPOTENCY_KEYS)));

    private GatewaySection() {}
}
