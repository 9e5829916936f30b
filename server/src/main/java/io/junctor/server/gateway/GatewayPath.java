package io.junctor.server.gateway;

import io.junctor.router.config.http.GatewayConfig;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/**
 * The realm and the action in a path of the gateway.
 *
 * @param named the realm in the path; null if it names none
 * @param action the requested action
 */
record GatewayPath(@Nullable String named, Action action) {
    /** An action, which the last part of a path names. */
    enum Action {
        PUBLISH("publish", "POST"),
        CALL("call", "POST"),
        EVENTS("events", "GET"),
        OPENAPI("openapi.json", "GET");

        private final String path;
        private final String method;

        Action(String path, String method) {
            this.path = path;
            this.method = method;
        }

        /** Returns the last part of the path. */
        String path() {
            return path;
        }

        /** Returns the HTTP method of the action. */
        String method() {
            return method;
        }

        private static @Nullable Action of(String name) {
            for (Action action : values()) {
                if (action.path.equals(name)) {
                    return action;
                }
            }
            return null;
        }
    }

    /** Parses the path of a request; null if the path does not belong to the gateway. */
    static @Nullable GatewayPath of(String path, GatewayConfig config) {
        String base = config.base();
        if (!path.startsWith(base)) {
            return null;
        }
        String[] parts = path.substring(base.length()).split("/", -1);
        Action action = Action.of(parts[parts.length - 1]);
        if (action == null || parts.length > 2) {
            return null;
        }
        return new GatewayPath(parts.length == 1 ? null : URIUtil.decodePath(parts[0]), action);
    }
}
