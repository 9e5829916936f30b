package io.junctor.jakarta;

import io.junctor.router.Router;
import io.junctor.router.audit.LogRateLimit;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.connection.transport.Heartbeat;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.spi.RequestFields;
import io.junctor.router.turn.Timers.Timer;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.OriginPolicy;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Jakarta WebSocket endpoint that connects clients of a web application to a router. Thread-safe.
 *
 * <pre>{@code
 * WampEndpoint endpoint = WampEndpoint.open(listenerConfig, router);
 * serverContainer.addEndpoint(endpoint.config());
 * ...
 * endpoint.stopAccepting();
 * router.close(); // sends GOODBYE to all clients
 * endpoint.close();
 * }</pre>
 *
 * <p>The host, port, TLS, proxies and connections per address in the {@link ListenerConfig} have no effect, because the container
 * owns the sockets and does not reveal the clients' addresses. A container cannot be told to stop reading either: up to 256
 * messages of a client wait for the router; then the container's thread waits up to 5 s; then the client is
 * disconnected. The endpoint assembles messages from their parts, within the limits of a message and of the incoming messages of all
 * connections. A refused client receives a close frame (1008, 1002 or 1013), because the container chooses the HTTP status.
 */
public final class WampEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WampEndpoint.class);
    private static final int LOG_LINES_PER_MINUTE = 10;
    private static final int MAX_LOGGED_CHARACTERS = 100;
    private static final String REFUSED_ORIGIN = "io.junctor.origin.refused";
    /** The user property that contains the fields of the HTTP request for authenticators. */
    private static final String FIELDS = "io.junctor.requestFields";

    private final ListenerConfig config;
    private final TransportContext context;
    private final OriginPolicy origins;
    private final Set<JakartaConnection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final LogRateLimit logRate;
    private final Timer sweep;
    private volatile boolean closing;

    private WampEndpoint(ListenerConfig config, TransportContext context) {
        this.config = config;
        this.context = context;
        this.origins = new OriginPolicy(config.origins());
        this.logRate = new LogRateLimit(
                LOG_LINES_PER_MINUTE,
                context.timers()::nanos,
                context.counters(),
                (path, count) ->
                        LOG.info("the Jakarta endpoint {} refused {} more clients in the last minute", path, count));
        this.sweep = context.timers().every(Heartbeat.sweepPeriod(config.limits()), this::sweep);
    }

    /**
     * Creates an endpoint on {@link ListenerConfig#websocketPath()}. It serves clients when its {@link #config()} is added to a
     * container.
     */
    public static WampEndpoint open(ListenerConfig config, Router router) {
        return open(config, router.transportContext());
    }

    static WampEndpoint open(ListenerConfig config, TransportContext context) {
        return new WampEndpoint(config, context);
    }

    /** Returns the configuration to add to a {@code ServerContainer}. */
    public ServerEndpointConfig config() {
        return ServerEndpointConfig.Builder.create(ClientEndpoint.class, config.websocketPath())
                .subprotocols(config.serializers().stream()
                        .map(Serializer::subprotocol)
                        .toList())
                .configurator(new HandshakeConfigurator())
                .build();
    }

    /** From now on refuses new clients; open connections stay. */
    public void stopAccepting() {
        closing = true;
    }

    /** Closes all connections. A second call does nothing. */
    @Override
    public void close() {
        closing = true;
        sweep.cancel();
        connections.forEach(JakartaConnection::drop);
        workers.close();
    }

    private void sweep() {
        logRate.sweep();
        long nowNanos = context.timers().nanos();
        connections.forEach(connection -> connection.sweep(nowNanos));
    }

    /** Returns the reason to refuse a client, or null. */
    private @Nullable CloseReason refusal(Session session, EndpointConfig handshake) {
        if (handshake.getUserProperties().get(REFUSED_ORIGIN) != null) {
            return new CloseReason(CloseCodes.VIOLATED_POLICY, "pages of this origin may not connect");
        }
        if (closing || context.limit().isFull()) {
            return new CloseReason(CloseCodes.TRY_AGAIN_LATER, "the router takes no more connections");
        }
        if (Serializer.ofSubprotocol(session.getNegotiatedSubprotocol()).isEmpty()) {
            return new CloseReason(CloseCodes.PROTOCOL_ERROR, "no WAMP subprotocol in common");
        }
        return null;
    }

    private void opened(JakartaConnection connection) {
        connections.add(connection);
        context.limit().onOpened();
        context.counters().of(Transport.WEBSOCKET).increment(TransportCounter.CONNECTIONS_OPENED);
    }

    private void closed(JakartaConnection connection) {
        if (connections.remove(connection)) {
            context.limit().onClosed();
            context.counters().of(Transport.WEBSOCKET).increment(TransportCounter.CONNECTIONS_CLOSED);
        }
    }

    private void refuse(Session session, EndpointConfig handshake, CloseReason reason) {
        context.counters().of(Transport.WEBSOCKET).increment(TransportCounter.CONNECTIONS_REFUSED);
        if (logRate.admits(config.websocketPath())) {
            LOG.info(
                    "the Jakarta endpoint {} refused a client with close code {}: {} (Origin {})",
                    config.websocketPath(),
                    reason.getCloseCode().getCode(),
                    reason.getReasonPhrase(),
                    handshake.getUserProperties().getOrDefault(REFUSED_ORIGIN, "allowed"));
        }
        try {
            session.close(reason);
        } catch (IOException e) {
            LOG.debug("a refused client had closed the connection", e);
        }
    }

    /** The parts of the opening handshake that the container leaves to an endpoint. */
    private final class HandshakeConfigurator extends ServerEndpointConfig.Configurator {
        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return requested.stream().filter(supported::contains).findFirst().orElse("");
        }

        /**
         * Returns no extensions. Compressing a secret together with bytes that an attacker chose reveals the secret, and compression
         * takes memory.
         */
        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }

        @Override
        public void modifyHandshake(
                ServerEndpointConfig endpoint, HandshakeRequest request, HandshakeResponse response) {
            Map<String, List<String>> headers = request.getHeaders();
            String origin = first(headers, "Origin");
            String host = first(headers, "Host");
            RequestFields fields =
                    RequestFields.read(context.acceptor().requestFields(), name -> values(headers, name));
            endpoint.getUserProperties().put(FIELDS, fields);
            if (origins.allows(origin, host)) {
                endpoint.getUserProperties().remove(REFUSED_ORIGIN);
            } else {
                endpoint.getUserProperties().put(REFUSED_ORIGIN, forLog(origin));
            }
        }

        /** Returns the value without control characters, cut after 100 characters. */
        private static String forLog(@Nullable String value) {
            String text = String.valueOf(value).replaceAll("[^ -~]", "?");
            return text.substring(0, Math.min(text.length(), MAX_LOGGED_CHARACTERS));
        }

        private static @Nullable String first(Map<String, List<String>> headers, String name) {
            return values(headers, name).stream().findFirst().orElse(null);
        }

        private static List<String> values(Map<String, List<String>> headers, String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .toList();
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new ClientEndpoint(WampEndpoint.this));
        }
    }

    /**
     * The endpoint of one client. Public because containers require it; only {@link WampEndpoint} creates it. Confined to one thread at
     * a time.
     */
    public static final class ClientEndpoint extends Endpoint {
        private final WampEndpoint router;
        private Optional<JakartaConnection> connection = Optional.empty();

        private ClientEndpoint(WampEndpoint router) {
            this.router = router;
        }

        @Override
        public void onOpen(Session session, EndpointConfig handshake) {
            CloseReason refusal = router.refusal(session, handshake);
            if (refusal != null) {
                router.refuse(session, handshake, refusal);
                return;
            }
            Serializer serializer =
                    Serializer.ofSubprotocol(session.getNegotiatedSubprotocol()).orElseThrow();
            RequestFields fields =
                    handshake.getUserProperties().get(FIELDS) instanceof RequestFields told ? told : RequestFields.NONE;
            JakartaConnection opened =
                    new JakartaConnection(session, serializer, fields, router.config, router.context, router.workers);
            connection = Optional.of(opened);
            router.opened(opened);
            session.addMessageHandler(byte[].class, (MessageHandler.Partial<byte[]>) opened::onBinary);
            session.addMessageHandler(String.class, (MessageHandler.Partial<String>) opened::onText);
            session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> opened.onPong());
            opened.open();
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            connection.ifPresent(closed -> {
                closed.onClosed("closed with code " + reason.getCloseCode().getCode());
                router.closed(closed);
            });
        }

        @Override
        public void onError(Session session, Throwable failure) {
            LOG.debug("the connection of a client failed", failure);
        }
    }
}
