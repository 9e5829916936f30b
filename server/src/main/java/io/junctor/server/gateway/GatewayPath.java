package io.junctor.server.gateway;

import io.junctor.router.config.GatewayConfig;
import java.util.Locale;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a path asks of the gateway.
 *
 * @param realm the realm in the path or of the configuration; null if neither names one
 * @param action what to do
 */
record GatewayPath(@Nullable String realm, Action action) {
    /** The last part of a path. */
    enum Action {
        PUBLISH("POST"),
        CALL("POST"),
        EVENTS("GET");

        private final String method;

        Action(String method) {
            this.method = method;
        }

        /** The HTTP method. */
        String method() {
            return method;
        }

        private static @Nullable Action of(String name) {
            for (Action action : values()) {
                if (action.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return action;
                }
            }
            return null;
        }
    }

    /** Reads the path of a request; null if it is not one of the gateway. */
    static @Nullable GatewayPath of(String path, GatewayConfig config) {
        String base = config.path().endsWith("/") ? config.path() : config.path() + "/";
        if (!path.startsWith(base)) {
            return null;
        }
        String[] parts = path.substring(base.length()).split("/", -1);
        Action action = Action.of(parts[parts.length - 1]);
        if (action == null || parts.length > 2) {
            return null;
        }
        return new GatewayPath(parts.length == 1 ? config.realm() : URIUtil.decodePath(parts[0]), action);
    }
}
