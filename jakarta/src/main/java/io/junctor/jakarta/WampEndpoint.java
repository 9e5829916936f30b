package io.junctor.jakarta;

import io.junctor.router.Router;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.connection.Heartbeat;
import io.junctor.router.connection.TransportContext;
import io.junctor.router.metrics.Counter;
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
 * Safe for use by many threads. The router inside a web application: an endpoint for any container with Jakarta WebSocket.
 *
 * <pre>{@code
 * WampEndpoint endpoint = WampEndpoint.open(listenerConfig, router);
 * serverContainer.addEndpoint(endpoint.config());
 * ...
 * endpoint.stopAccepting();
 * router.close(); // says GOODBYE to everybody
 * endpoint.close();
 * }</pre>
 *
 * <p>Of the {@link ListenerConfig} host, port, TLS, proxies and connections per address mean nothing here: the container has the sockets, and
 * does not say where clients are. A container cannot be told to wait, as our own listener can: up to 256 messages of a client wait for the router, then the container's thread waits up to 5 s, then the client is disconnected.
 * A handshake that is refused ends in a close frame (1008, 1002 or 1013), for a status is the container's to send.
 */
public final class WampEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WampEndpoint.class);
    private static final String FOREIGN = "io.junctor.origin.refused";

    private final ListenerConfig config;
    private final TransportContext context;
    private final OriginPolicy origins;
    private final Set<JakartaConnection> lines = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Timer sweep;
    private volatile boolean closing;

    private WampEndpoint(ListenerConfig config, TransportContext context) {
        this.config = config;
        this.context = context;
        this.origins = new OriginPolicy(config.origins());
        this.sweep = context.timers().every(Heartbeat.sweepPeriod(config.limits()), this::sweep);
    }

    /** An endpoint on {@link ListenerConfig#websocketPath()} that serves once its {@link #config()} is added to a container. */
    public static WampEndpoint open(ListenerConfig config, Router router) {
        return open(config, router.transportContext());
    }

    static WampEndpoint open(ListenerConfig config, TransportContext context) {
        return new WampEndpoint(config, context);
    }

    /** What a {@code ServerContainer} takes. */
    public ServerEndpointConfig config() {
        return ServerEndpointConfig.Builder.create(LineEndpoint.class, config.websocketPath())
                .subprotocols(config.serializers().stream()
                        .map(Serializer::subprotocol)
                        .toList())
                .configurator(new Handshakes())
                .build();
    }

    /** Takes no new client; those that are connected stay. */
    public void stopAccepting() {
        closing = true;
    }

    /** Disconnects all clients. Does nothing the second time. */
    @Override
    public void close() {
        closing = true;
        sweep.cancel();
        lines.forEach(JakartaConnection::drop);
        workers.close();
    }

    private void sweep() {
        long nowNanos = context.timers().nanos();
        lines.forEach(line -> line.sweep(nowNanos));
    }

    /** Why a client may not come in. */
    private @Nullable CloseReason refusal(Session session, EndpointConfig handshake) {
        if (Boolean.TRUE.equals(handshake.getUserProperties().get(FOREIGN))) {
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

    private void opened(JakartaConnection line) {
        lines.add(line);
        context.limit().onOpened();
        context.counters().increment(Counter.CONNECTIONS_OPENED);
    }

    private void closed(JakartaConnection line) {
        if (lines.remove(line)) {
            context.limit().onClosed();
            context.counters().increment(Counter.CONNECTIONS_CLOSED);
        }
    }

    private static void refuse(Session session, CloseReason reason) {
        try {
            session.close(reason);
        } catch (IOException e) {
            LOG.debug("a refused client was gone already", e);
        }
    }

    /** The opening handshake, as far as a container lets us take part in it. */
    private final class Handshakes extends ServerEndpointConfig.Configurator {
        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return requested.stream().filter(supported::contains).findFirst().orElse("");
        }

        /** None: compressing what a stranger chose beside what is secret tells him the secret, and it costs memory. */
        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }

        @Override
        public void modifyHandshake(
                ServerEndpointConfig endpoint, HandshakeRequest request, HandshakeResponse response) {
            String origin = first(request.getHeaders(), "Origin");
            String host = first(request.getHeaders(), "Host");
            endpoint.getUserProperties().put(FOREIGN, !origins.allows(origin, host));
        }

        private static @Nullable String first(Map<String, List<String>> headers, String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new LineEndpoint(WampEndpoint.this));
        }
    }

    /** Used by one container's thread at a time. One client; public because containers want it so, and made by nobody else. */
    public static final class LineEndpoint extends Endpoint {
        private final WampEndpoint router;
        private Optional<JakartaConnection> line = Optional.empty();

        private LineEndpoint(WampEndpoint router) {
            this.router = router;
        }

        @Override
        public void onOpen(Session session, EndpointConfig handshake) {
            CloseReason refusal = router.refusal(session, handshake);
            if (refusal != null) {
                router.context.counters().increment(Counter.CONNECTIONS_REFUSED);
                refuse(session, refusal);
                return;
            }
            Serializer serializer =
                    Serializer.ofSubprotocol(session.getNegotiatedSubprotocol()).orElseThrow();
            JakartaConnection opened =
                    new JakartaConnection(session, serializer, router.config.limits(), router.context, router.workers);
            line = Optional.of(opened);
            router.opened(opened);
            session.addMessageHandler(byte[].class, (MessageHandler.Whole<byte[]>) opened::onBinary);
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>) opened::onText);
            session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> opened.onPong());
            opened.open();
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            line.ifPresent(closed -> {
                closed.onClosed("closed with code " + reason.getCloseCode().getCode());
                router.closed(closed);
            });
        }

        @Override
        public void onError(Session session, Throwable failure) {
            LOG.debug("a client's connection failed", failure);
        }
    }
}
