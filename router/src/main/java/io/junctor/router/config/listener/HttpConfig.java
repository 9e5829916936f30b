package io.junctor.router.config.listener;

import io.junctor.router.config.http.GatewayConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP services of a listener.
 *
 * @param websockets the paths of WebSockets, at least one
 * @param http2 whether clients may use HTTP/2 (RFC 9113) besides HTTP/1.1, and open WebSockets there (RFC 8441)
 * @param longPoll whether the HTTP long-poll transport is served below the paths of WebSockets
 * @param compression whether WebSockets agree on permessage-deflate (RFC 7692) if the client offers it
 * @param origins the web pages that may connect besides those of the listener's own host and port
 * @param files the files that the listener serves, or null
 * @param pages the pages of the router itself
 * @param services the services for programs without a WAMP client
 */
public record HttpConfig(
        List<WebSocketPath> websockets,
        boolean http2,
        boolean longPoll,
        boolean compression,
        List<String> origins,
        @Nullable FilesConfig files,
        PagesConfig pages,
        HttpServices services) {
    /**
     * WebSockets and long-poll on {@code /ws} over HTTP/1.1 and HTTP/2, a status page that describes how to connect, and a console on
     * loopback addresses.
     */
    public static final HttpConfig DEFAULT = new HttpConfig(
            List.of(WebSocketPath.DEFAULT), true, true, false, List.of(), null, PagesConfig.DEFAULT, HttpServices.NONE);

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

    /** The content of the status page at {@code /}. */
    public StatusPageContent statusPage() {
        return pages.status();
    }

    /** The page for operators. */
    public ConsoleConfig console() {
        return pages.console();
    }

    /** The HTTP gateway, or null. */
    public @Nullable GatewayConfig gateway() {
        return services.gateway();
    }

    HttpConfig withWebsockets(List<WebSocketPath> others) {
        return new HttpConfig(others, http2, longPoll, compression, origins, files, pages, services);
    }

    HttpConfig withHttp2(boolean spoken) {
        return new HttpConfig(websockets, spoken, longPoll, compression, origins, files, pages, services);
    }

    HttpConfig withLongPoll(boolean served) {
        return new HttpConfig(websockets, http2, served, compression, origins, files, pages, services);
    }

    HttpConfig withCompression(boolean agreed) {
        return new HttpConfig(websockets, http2, longPoll, agreed, origins, files, pages, services);
    }

    HttpConfig withOrigins(List<String> others) {
        return new HttpConfig(websockets, http2, longPoll, compression, others, files, pages, services);
    }

    HttpConfig withFiles(@Nullable FilesConfig others) {
        return new HttpConfig(websockets, http2, longPoll, compression, origins, others, pages, services);
    }

    HttpConfig withPages(PagesConfig others) {
        return new HttpConfig(websockets, http2, longPoll, compression, origins, files, others, services);
    }

    HttpConfig withServices(HttpServices others) {
        return new HttpConfig(websockets, http2, longPoll, compression, origins, files, pages, others);
    }
}
