package io.junctor.client.internal.websocket;

import io.junctor.client.internal.Connector;
import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.Transport;
import io.junctor.client.internal.VirtualThreads;
import io.junctor.client.internal.http.ConnectProxy;
import io.junctor.client.internal.http.HttpSettings;
import io.junctor.client.internal.http.ProxyAddress;
import io.junctor.client.internal.http.RouterAddress;
import io.junctor.client.internal.http.SharedJettyClient;
import io.junctor.client.internal.http.SharedJettyClient.Lease;
import io.junctor.wamp.value.Subprotocol;
import io.junctor.wamp.value.WampError;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.websocket.core.Configuration.ConfigurationCustomizer;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.exception.UpgradeException;
import org.jspecify.annotations.Nullable;

/**
 * Opens WebSockets to one router with Jetty's client. Thread-safe. On {@code wss} the router's certificate and host
 * name are always checked (section "Transport Encryption and Integrity").
 */
public final class WebSocketConnector implements Connector {
    private static final int UPGRADED = 101;
    /** The number of times that a request is repeated if Jetty does not write it into the tunnel of a proxy. */
    private static final int MOST_TUNNELS = 5;
    /** The size of one read, and of one write of several small messages. */
    private static final int BUFFER_BYTES = 1 << 16;

    private final RouterAddress address;
    private final HttpSettings settings;

    /** Creates a connector to the router at {@code address}. */
    public WebSocketConnector(RouterAddress address, HttpSettings settings) {
        this.address = address;
        this.settings = settings;
    }

    @Override
    public CompletableFuture<Transport> connect() {
        return connect(MOST_TUNNELS);
    }

    private CompletableFuture<Transport> connect(int attempts) {
        // The first connection starts Jetty's client, which takes some time.
        return CompletableFuture.supplyAsync(this::attempt, VirtualThreads.EXECUTOR)
                .thenCompose(ConnectAttempt::open)
                .exceptionallyCompose(failure -> attempts > 1 && ConnectProxy.hasNotWritten(failure)
                        ? connect(attempts - 1)
                        : CompletableFuture.failedFuture(failure));
    }

    private ConnectAttempt attempt() {
        ProxyAddress proxy = address.unix() == null
                ? settings.proxy().proxyOf(address.secure(), address.host(), address.port())
                : null;
        try {
            Lease lease = SharedJettyClient.lease(new SharedJettyClient.ClientSettings(
                    settings.tls(), proxy, settings.connectTimeout(), address.unix(), false));
            return new ConnectAttempt(lease, proxy);
        } catch (Exception failure) {
            throw failed("Jetty's client cannot be started: " + describe(failure), failure);
        }
    }

    private RequestException failed(String problem, @Nullable Throwable cause) {
        return RequestException.of(
                WampError.NETWORK_FAILURE, "cannot connect to " + address.text() + ": " + problem, cause);
    }

    private static String describe(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    /** One attempt to connect, directly or through a proxy. */
    private final class ConnectAttempt {
        private final Lease lease;
        private final @Nullable ProxyAddress proxy;
        private final WebSocketFrameHandler frames;
        private final UpgradeResponseCheck response = new UpgradeResponseCheck();

        ConnectAttempt(Lease lease, @Nullable ProxyAddress proxy) {
            this.lease = lease;
            this.proxy = proxy;
            this.frames = new WebSocketFrameHandler(settings.messageBytes(), lease);
        }

        /** Opens a WebSocket. The future completes within the connect timeout, even if Jetty does not report in time. */
        CompletableFuture<Transport> open() {
            CompletableFuture<CoreSession> opening;
            try {
                opening = lease.client().connect(request());
            } catch (Exception failure) {
                opening = CompletableFuture.failedFuture(failure);
            }
            Duration timeout = settings.connectTimeout();
            return opening.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).handle((session, thrown) -> {
                if (thrown != null) {
                    frames.drop("not connected");
                    throw failure(thrown);
                }
                return accepted(session);
            });
        }

        private CoreClientUpgradeRequest request() {
            CoreClientUpgradeRequest request =
                    CoreClientUpgradeRequest.from(lease.client(), address.webSocketUri(), frames);
            request.addListener(response);
            request.timeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
            request.headers(headers -> settings.headers().forEach(headers::put));
            request.setSubProtocols(offered().map(Subprotocol::name).collect(Collectors.joining(", ")));
            if (settings.compression()) {
                lease.client()
                        .getWebSocketComponents()
                        .getExtensionRegistry()
                        .register(CompressionNegotiation.NAME, MessageDeflateExtension.class);
                request.addExtensions(CompressionNegotiation.OFFER);
            }
            ConfigurationCustomizer configuration = new ConfigurationCustomizer();
            configuration.setIdleTimeout(Duration.ZERO);
            configuration.setAutoFragment(false);
            configuration.setMaxFrameSize(
                    settings.compression()
                            ? MessageDeflation.maxBytes(settings.messageBytes())
                            : settings.messageBytes());
            configuration.setInputBufferSize(BUFFER_BYTES);
            configuration.setOutputBufferSize(BUFFER_BYTES);
            request.setConfiguration(configuration);
            return request;
        }

        private Transport accepted(CoreSession session) {
            String problem = response.problem(settings.compression());
            if (problem != null) {
                frames.drop("wrong response");
                throw failed(problem, null);
            }
            Optional<Subprotocol> chosen = offered()
                    .filter(offer -> offer.name().equals(session.getNegotiatedSubProtocol()))
                    .findFirst();
            if (chosen.isEmpty()) {
                frames.drop("no subprotocol");
                throw failed("the server chose none of the offered subprotocols " + settings.serializers(), null);
            }
            MessageDeflation deflation = session.getNegotiatedExtensions().isEmpty()
                    ? null
                    : new MessageDeflation(lease.client().getWebSocketComponents());
            return new WebSocketTransport(session, frames, chosen.get(), deflation);
        }

        /** Returns the subprotocols of the serializers in their order, each with batches first. */
        private Stream<Subprotocol> offered() {
            Stream<Boolean> kinds = settings.batches() ? Stream.of(true, false) : Stream.of(false);
            List<Boolean> batched = kinds.toList();
            return settings.serializers().stream()
                    .flatMap(serializer -> batched.stream().map(kind -> new Subprotocol(serializer, kind)));
        }

        private RequestException failure(Throwable thrown) {
            if (thrown instanceof UpgradeException upgrade
                    && upgrade.getResponseStatusCode() > 0
                    && upgrade.getResponseStatusCode() != UPGRADED) {
                return failed(
                        "the server answered HTTP " + upgrade.getResponseStatusCode() + " instead of a WebSocket"
                                + address.pathHint(),
                        upgrade);
            }
            Throwable cause = thrown;
            while ((cause instanceof UpgradeException || cause instanceof CompletionException)
                    && cause.getCause() != null) {
                cause = cause.getCause();
            }
            return failed((proxy == null ? "" : "proxy " + proxy + ": ") + problem(cause), cause);
        }

        private String problem(Throwable cause) {
            return switch (cause) {
                case SocketTimeoutException late -> late();
                case TimeoutException late -> late();
                case UnknownHostException unknown -> "unknown host name";
                case UnresolvedAddressException unknown -> "unknown host name";
                case ConnectException refused -> "connection refused";
                case HttpResponseException answered ->
                    "answered HTTP " + answered.getResponse().getStatus() + " to CONNECT";
                default -> describe(cause);
            };
        }

        private String late() {
            return "no connection within " + settings.connectTimeout().toMillis() + " ms (connect timeout)";
        }
    }
}
