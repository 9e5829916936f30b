package io.junctor.router.config.listener;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path of WebSockets on a listener.
 *
 * @param path the path, beginning with a slash
 * @param joins the restriction of sessions that are opened by WebSockets of this path, or null for the restriction of the listener
 */
public record WebSocketPath(String path, @Nullable JoinRestriction joins) {
    private static final Pattern PATH = Pattern.compile("/[^\\s?#*]*");
    private static final Set<String> TAKEN = Set.of("/health", "/health/live", "/health/ready", "/ready", "/metrics");

    /** The default path, used if the configuration names none. */
    public static final WebSocketPath DEFAULT = new WebSocketPath("/ws", null);

    /** Checks the path. */
    public WebSocketPath {
        if (!isPath(path)) {
            throw new IllegalArgumentException("not the path of WebSockets: " + path);
        }
    }

    /** Whether a listener can serve WebSockets or a webhook at a path: the path begins with a slash and is not the path of a page. */
    public static boolean isPath(String text) {
        return PATH.matcher(text).matches() && !TAKEN.contains(text);
    }

    /** Whether a request for {@code requested} is for this path, which may end with one more slash. */
    public boolean matches(String requested) {
        return requested.startsWith(path) && (requested.length() == path.length() || requested.equals(path + "/"));
    }
}
