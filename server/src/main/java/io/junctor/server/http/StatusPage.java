package io.junctor.server.http;

import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerProtocol;
import io.junctor.router.config.listener.StatusPageContent;
import io.junctor.router.config.listener.UnixSocket;
import io.junctor.router.config.listener.WebSocketPath;
import io.junctor.wamp.value.Serializer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Shows a person who opens the listener in a browser how programs connect. Thread-safe. */
public final class StatusPage {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>WAMP router</title>
            <style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }</style>
            <h1>WAMP router</h1>
            <p>This is a Junctor listener. Programs connect to it by WebSocket:</p>
            <ul>
            """;

    private final ListenerConfig config;
    private final Supplier<List<String>> realms;

    /** Creates the page of a listener; {@code realms} returns the names of the router's realms. */
    public StatusPage(ListenerConfig config, Supplier<List<String>> realms) {
        this.config = config;
        this.realms = realms;
    }

    /** Responds with the page. */
    public void answer(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
        response.getHeaders().put("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        response.write(true, ByteBuffer.wrap(text(request).getBytes(StandardCharsets.UTF_8)), callback);
    }

    private String text(Request request) {
        String paths = config.http().websockets().stream()
                .map(path -> item(uri(path, request), path))
                .collect(Collectors.joining());
        String subprotocols = config.serializers().stream()
                .sorted()
                .map(Serializer::subprotocol)
                .map(StatusPage::code)
                .collect(Collectors.joining(", "));
        String longPoll = config.http().longPoll()
                ? "<p>Where WebSockets are blocked, the same paths are base URLs of HTTP long-poll.</p>\n"
                : "";
        String rawSocket = config.protocols().accepts(ListenerProtocol.RAWSOCKET)
                ? "<p>Programs that use no HTTP connect to the same port by RawSocket.</p>\n"
                : "";
        return HEAD + paths + "</ul>\n<p>Subprotocols: " + subprotocols + "</p>\n" + longPoll + rawSocket + "</html>\n";
    }

    /** Returns the URI of a path as the client sees it: behind a proxy, with the host name of the proxy. */
    private String uri(WebSocketPath path, Request request) {
        UnixSocket unix = config.address().unix();
        if (unix != null && !config.proxies().unix()) {
            return unix.uri(path).toString();
        }
        String host = Objects.requireNonNullElse(
                request.getHeaders().get(HttpHeader.HOST), config.address().toString());
        return (isEncrypted(request) ? "wss://" : "ws://") + host + path.path();
    }

    private String item(String uri, WebSocketPath path) {
        String names = config.http().statusPage() == StatusPageContent.REALMS
                ? config.joins(path).allowedRealms(realms.get()).stream()
                        .map(StatusPage::code)
                        .collect(Collectors.joining(", ", ", realms: ", ""))
                : "";
        return "<li>" + code(uri) + names + "</li>\n";
    }

    /** Returns whether the client uses TLS. A proxy reports this in a header; a false header only changes the page of its own sender. */
    private static boolean isEncrypted(Request request) {
        return request.isSecure() || request.getHeaders().contains(HttpHeader.X_FORWARDED_PROTO, "https");
    }

    private static String code(String text) {
        String escaped = text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
        return "<code>" + escaped + "</code>";
    }
}
