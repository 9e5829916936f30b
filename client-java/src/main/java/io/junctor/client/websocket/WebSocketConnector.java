package io.junctor.client.websocket;

import io.junctor.client.engine.Callbacks;
import io.junctor.client.engine.Connector;
import io.junctor.client.engine.Failure;
import io.junctor.client.engine.Transport;
import io.junctor.client.websocket.SharedClient.Lease;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.websocket.core.Configuration.ConfigurationCustomizer;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.exception.UpgradeException;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads. Opens WebSockets with Jetty's client. On {@code wss} the router's certificate and host
 * name are always checked (section "Transport Encryption and Integrity").
 */
public final class WebSocketConnector implements Connector {
    private static final int UPGRADED = 101;
    /** What one read takes, and what one write carries of small messages. */
    private static final int BUFFER_BYTES = 1 << 16;

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
        // The first to connect starts Jetty's client, which takes a moment.
        return CompletableFuture.supplyAsync(this::lease, Callbacks.VIRTUAL).thenCompose(this::connect);
    }

    private Lease lease() {
        try {
            return SharedClient.lease(new SharedClient.Kind(address.tls, timeout));
        } catch (Exception failure) {
            throw failed("the client could not be started: " + describe(failure), failure);
        }
    }

    private CompletableFuture<Transport> connect(Lease lease) {
        WebSocketInbox inbox = new WebSocketInbox(messageBytes, lease);
        CompletableFuture<CoreSession> opening;
        try {
            opening = lease.client().connect(request(lease, inbox));
        } catch (Exception failure) {
            opening = CompletableFuture.failedFuture(failure);
        }
        return opening.handle((session, thrown) -> {
            if (thrown != null) {
                lease.release();
                throw failure(thrown);
            }
            return accepted(session, inbox);
        });
    }

    private CoreClientUpgradeRequest request(Lease lease, WebSocketInbox inbox) {
        CoreClientUpgradeRequest request = CoreClientUpgradeRequest.from(lease.client(), address.uri, inbox);
        request.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        request.headers(headers -> address.headers.forEach(headers::put));
        request.setSubProtocols(
                serializers.stream().map(Serializer::subprotocol).collect(Collectors.joining(", ")));
        ConfigurationCustomizer settings = new ConfigurationCustomizer();
        settings.setIdleTimeout(Duration.ZERO);
        settings.setAutoFragment(false);
        settings.setMaxFrameSize(messageBytes);
        settings.setInputBufferSize(BUFFER_BYTES);
        settings.setOutputBufferSize(BUFFER_BYTES);
        request.setConfiguration(settings);
        return request;
    }

    private Transport accepted(CoreSession session, WebSocketInbox inbox) {
        Optional<Serializer> chosen = Serializer.ofSubprotocol(String.valueOf(session.getNegotiatedSubProtocol()))
                .filter(serializers::contains);
        if (chosen.isEmpty()) {
            inbox.drop("no subprotocol");
            throw failed("the server chose none of the offered subprotocols " + serializers, null);
        }
        return new WebSocketTransport(session, inbox, chosen.get());
    }

    private Failure failure(Throwable thrown) {
        if (thrown instanceof UpgradeException upgrade
                && upgrade.getResponseStatusCode() > 0
                && upgrade.getResponseStatusCode() != UPGRADED) {
            return failed(
                    "the server answered HTTP " + upgrade.getResponseStatusCode() + " instead of a WebSocket", upgrade);
        }
        Throwable cause = thrown;
        while ((cause instanceof UpgradeException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return failed(problem(cause), cause);
    }

    private String problem(Throwable cause) {
        return switch (cause) {
            case SocketTimeoutException late -> late();
            case TimeoutException late -> late();
            case UnknownHostException unknown -> "the host name is unknown";
            case UnresolvedAddressException unknown -> "the host name is unknown";
            case ConnectException refused -> "nobody listens there";
            default -> describe(cause);
        };
    }

    private String late() {
        return "no connection within " + timeout.toMillis() + " ms (connect timeout)";
    }

    private Failure failed(String problem, @Nullable Throwable cause) {
        return Failure.of(WampError.NETWORK_FAILURE, "cannot connect to " + address.uri + ": " + problem, cause);
    }

    private static String describe(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
