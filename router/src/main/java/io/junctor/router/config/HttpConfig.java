package io.junctor.router.config;

import java.util.List;

/**
 * What a listener answers to HTTP requests.
 *
 * @param websockets the paths of WebSockets, at least one
 * @param origins the web pages that may connect besides those of the listener's own host and port
 */
public record HttpConfig(List<WebSocketPath> websockets, List<String> origins) {
    /** WebSockets on {@code /ws}. */
    public static final HttpConfig DEFAULT = new HttpConfig(List.of(WebSocketPath.DEFAULT), List.of());

    /** Copies the lists. */
    public HttpConfig {
        websockets = List.copyOf(websockets);
        origins = List.copyOf(origins);
        if (websockets.isEmpty()) {
            throw new IllegalArgumentException("a listener needs a path of WebSockets");
        }
        if (websockets.stream().map(WebSocketPath::path).distinct().count() != websockets.size()) {
            throw new IllegalArgumentException("two paths of a listener are the same");
        }
    }

    HttpConfig withWebsockets(List<WebSocketPath> others) {
        return new HttpConfig(others, origins);
    }

    HttpConfig withOrigins(List<String> others) {
        return new HttpConfig(websockets, others);
    }
}
