package io.junctor.client.engine;

import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads. Opens WebSockets with the JDK's client. On {@code wss} the router's certificate and host
 * name are always checked (section "Transport Encryption and Integrity").
 */
public final class WebSocketConnector implements Connector {
    private final Address address;
    private final List<Serializer> serializers;
    private final Duration timeout;
    private final int messageBytes;

    /**
     * Immutable. Where to connect and how to ask.
     *
     * @param uri a {@code ws} or {@code wss} URI
     * @param tls what to trust and whom to be, null for the JDK's defaults
     * @param headers further HTTP headers of the handshake
     */
    public record Address(URI uri, @Nullable SSLContext tls, Map<String, String> headers) {}

    /** Offers {@code serializers} in that order. */
    public WebSocketConnector(Address address, List<Serializer> serializers, Duration timeout, int messageBytes) {
        this.address = address;
        this.serializers = List.copyOf(serializers);
        this.timeout = timeout;
        this.messageBytes = messageBytes;
    }

    @Override
    public CompletableFuture<Transport> connect() {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(timeout).executor(Callbacks.VIRTUAL);
        if (address.tls != null) {
            builder.sslContext(address.tls);
        }
        HttpClient http = builder.build();
        // The client's own thread ends with the only WebSocket it ever opens: by itself only where both sides closed in
        // order.
        WebSocketInbox inbox = new WebSocketInbox(messageBytes, http::shutdownNow);
        return open(http, inbox).handle((socket, thrown) -> {
            if (thrown != null) {
                http.shutdownNow();
                throw failure(thrown);
            }
            http.shutdown();
            return accepted(socket, inbox);
        });
    }

    private CompletableFuture<WebSocket> open(HttpClient http, WebSocketInbox inbox) {
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(timeout);
        address.headers.forEach(builder::header);
        String[] names = serializers.stream().map(Serializer::subprotocol).toArray(String[]::new);
        return builder.subprotocols(names[0], Arrays.copyOfRange(names, 1, names.length))
                .buildAsync(address.uri, inbox);
    }

    private Transport accepted(WebSocket socket, WebSocketInbox inbox) {
        Optional<Serializer> chosen =
                Serializer.ofSubprotocol(socket.getSubprotocol()).filter(serializers::contains);
        if (chosen.isEmpty()) {
            inbox.letGo(socket);
            throw failed("the server chose none of the offered subprotocols " + serializers, null);
        }
        return new WebSocketTransport(socket, inbox, chosen.get());
    }

    private Failure failure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return switch (cause) {
            case WebSocketHandshakeException refused ->
                failed(
                        "the server answered HTTP " + refused.getResponse().statusCode() + " instead of a WebSocket",
                        refused);
            case HttpTimeoutException late ->
                failed("no connection within " + timeout.toMillis() + " ms (connect timeout)", late);
            case UnresolvedAddressException unknown -> failed("the host name is unknown", unknown);
            case ConnectException refused
            when refused.getCause() instanceof UnresolvedAddressException ->
                failed("the host name is unknown", refused);
            case ConnectException refused -> failed("nobody listens there", refused);
            default -> failed(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
        };
    }

    private Failure failed(String problem, @Nullable Throwable cause) {
        return Failure.of(WampError.NETWORK_FAILURE, "cannot connect to " + address.uri + ": " + problem, cause);
    }
}
