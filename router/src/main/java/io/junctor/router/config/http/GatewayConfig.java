package io.junctor.router.config.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP gateway of a listener: clients publish and call by plain HTTP requests.
 *
 * @param path the common prefix of the paths of its requests, beginning with a slash
 * @param realm the realm of requests that name none, or null if each request must name one
 * @param callTimeout how long a request waits for the result of a call
 * @param loginTime how long an authentication is valid for further requests with the same credentials from the same address
 * @param sessions the maximum number of sessions at a time; requests share these sessions
 * @param idempotencyTime how long a publication with an idempotency key is remembered
 * @param idempotencyKeys the most publications that are remembered
 */
public record GatewayConfig(
        String path,
        @Nullable String realm,
        Duration callTimeout,
        Duration loginTime,
        int sessions,
        Duration idempotencyTime,
        int idempotencyKeys) {
    /** A gateway at {@code /}, where each request names its realm. */
    public static final GatewayConfig DEFAULT = new GatewayConfig(
            "/", null, Duration.ofSeconds(30), Duration.ofMinutes(1), 1_000, Duration.ofMinutes(10), 100_000);

    /** Checks the path and the bounds. */
    public GatewayConfig {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path of the gateway must begin with a slash");
        }
        if (sessions < 1 || idempotencyKeys < 1) {
            throw new IllegalArgumentException("the gateway needs at least 1 session and 1 idempotency key");
        }
    }

    /** The path with a slash at its end. */
    public String base() {
        return path.endsWith("/") ? path : path + "/";
    }

    /** The same gateway with a realm for requests that name none. */
    public GatewayConfig withRealm(@Nullable String name) {
        return new GatewayConfig(path, name, callTimeout, loginTime, sessions, idempotencyTime, idempotencyKeys);
    }
}
