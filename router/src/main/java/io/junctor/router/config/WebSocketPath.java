package io.junctor.router.config;

import org.jspecify.annotations.Nullable;

/**
 * A path of WebSockets on a listener.
 *
 * @param path the path, beginning with a slash
 * @param joins which sessions may be opened by WebSockets of this path, or null for the restriction of the listener
 */
public record WebSocketPath(String path, @Nullable JoinRestriction joins) {
    /** The path if the configuration names none. */
    public static final WebSocketPath DEFAULT = new WebSocketPath("/ws", null);

    /** Checks the path. */
    public WebSocketPath {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("websocket path must begin with a slash");
        }
    }

    /** Whether a request for {@code requested} is for this path, which may end with one more slash. */
    public boolean matches(String requested) {
        return requested.startsWith(path) && (requested.length() == path.length() || requested.equals(path + "/"));
    }
}
