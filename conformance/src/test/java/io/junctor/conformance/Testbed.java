package io.junctor.conformance;

import io.junctor.router.config.LogStyle;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.config.ShutdownNotice;
import io.junctor.router.config.ShutdownTimeouts;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.config.listener.ListenerProtocol;
import io.junctor.router.config.listener.UnixSocket;
import io.junctor.router.turn.ManualTimers;
import io.junctor.testkit.ClientTransport;
import io.junctor.testkit.Http2Connection;
import io.junctor.testkit.InProcessTransport;
import io.junctor.testkit.LongPollTransport;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.testkit.RawSocketTransport;
import io.junctor.testkit.ReceivedItem;
import io.junctor.testkit.SocketPaths;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.testkit.tls.TestCertificate;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Gives a scenario peers on one transport and, for our own router, its configuration, clock and counters. A scenario that uses
 * these is skipped against another router. For one thread.
 */
final class Testbed {
    /** The realm of scenarios that do not name another. */
    static final String REALM = "realm1";
    /** Another open realm. */
    static final String OTHER_REALM = "realm2";

    /** How many routers of a cluster the peers are on. */
    private static final int CLUSTER_SIZE = 3;

    private static final List<String> DEFLATE = List.of("Sec-WebSocket-Extensions: permessage-deflate");

    private final TransportVariant variant;
    private final List<Peer> peers = new ArrayList<>();
    private List<RealmConfig> realms = List.of(RealmConfig.open(REALM), RealmConfig.open(OTHER_REALM));
    private List<RealmTemplate> templates = List.of();
    private ListenerLimits limits = ListenerLimits.DEFAULT;
    private List<String> origins = List.of();
    private RouterLimits routerLimits = RouterLimits.DEFAULT;
    private ShutdownNotice shutdown = ShutdownNotice.CLOSE;
    private @Nullable String helloWithoutRealm;
    private @Nullable TestRouter router;
    private @Nullable JakartaContainer container;
    private @Nullable Http2Connection http2Connection;
    private int connected;
    private int polling;
    private boolean skipped;

    Testbed(TransportVariant variant) {
        this.variant = variant;
    }

    // ---- The router, before the first peer.

    /** Sets realms instead of the two open ones. */
    Testbed realms(RealmConfig... configured) {
        requireOwnRouter();
        realms = List.of(configured);
        return this;
    }

    /** Adds templates of realms. */
    Testbed templates(RealmTemplate... configured) {
        requireOwnRouter();
        templates = List.of(configured);
        return this;
    }

    /** Sets limits of connections instead of the defaults. */
    Testbed limits(ListenerLimits configured) {
        requireOwnRouter();
        limits = configured;
        return this;
    }

    /** Sets limits of the router instead of the defaults. */
    Testbed limits(RouterLimits configured) {
        requireOwnRouter();
        routerLimits = configured;
        return this;
    }

    /** Sets what clients get at shutdown, instead of nothing. */
    Testbed shutdown(ShutdownNotice configured) {
        requireOwnRouter();
        shutdown = configured;
        return this;
    }

    /** The realm whose methods authenticate clients that name no realm. */
    Testbed helloWithoutRealm(String realm) {
        requireOwnRouter();
        helloWithoutRealm = realm;
        return this;
    }

    /** Sets the allowed origins of browsers. */
    Testbed origins(String... configured) {
        requireOwnRouter();
        origins = List.of(configured);
        return this;
    }

    /** Returns our router; skips the scenario against another router. */
    TestRouter router() {
        requireOwnRouter();
        if (router == null) {
            RouterConfig config = new RouterConfig(
                    listeners(),
                    realms,
                    templates,
                    routerLimits,
                    shutdown,
                    helloWithoutRealm,
                    LogStyle.TEXT,
                    ShutdownTimeouts.DEFAULT);
            router = isClustered() ? TestRouter.openCluster(config, CLUSTER_SIZE) : TestRouter.open(config);
        }
        return router;
    }

    /** Returns the clock of our router; skips the scenario against another router. */
    ManualTimers clock() {
        return router().clock();
    }

    // ---- Peers; all of them are closed at the end of the scenario.

    /** Connects a peer that has not sent HELLO. */
    Peer connect() {
        return connect(nextSerializer());
    }

    /** Connects a peer with this serialization that has not sent HELLO. */
    Peer connect(Serializer serializer) {
        return peerOn(link(serializer));
    }

    /** Makes a peer on a transport that the scenario opened. */
    Peer peerOn(ClientTransport link) {
        Peer peer = new Peer(link);
        peers.add(peer);
        return peer;
    }

    /** Joins {@link #REALM}. */
    Peer join() {
        return join(Peer.PLAIN);
    }

    /** Joins {@link #REALM} and announces {@code roles}. */
    Peer join(Roles roles) {
        Peer peer = connect();
        peer.join(REALM, roles);
        return peer;
    }

    /** Joins another realm. */
    Peer joinRealm(String realm) {
        requireOwnRouter();
        Peer peer = connect();
        peer.join(realm);
        return peer;
    }

    /** Joins {@link #REALM} with this serialization. */
    Peer join(Serializer serializer) {
        Peer peer = connect(serializer);
        peer.join(REALM);
        return peer;
    }

    /** Opens a transport without a peer. */
    ClientTransport link(Serializer serializer) {
        return switch (variant.transport()) {
            case MEMORY -> memoryLink(serializer, Integer.MAX_VALUE);
            case CLUSTER -> router().settling(memoryLink(serializer, Integer.MAX_VALUE));
            case IN_PROCESS ->
                InProcessTransport.open(router().router().inProcess().limits(limits), serializer);
            case LONG_POLL -> LongPollTransport.open(uri(), serializer, nextReading(serializer));
            case COMPRESSED -> WebSocketTransport.open(uri(), new Subprotocol(serializer, false), DEFLATE);
            case BATCHED -> WebSocketTransport.open(uri(), new Subprotocol(serializer, true), List.of());
            case COMPRESSED_BATCHED -> WebSocketTransport.open(uri(), new Subprotocol(serializer, true), DEFLATE);
            case HTTP2, HTTP2_TLS -> http2Link(new Subprotocol(serializer, false));
            case RAWSOCKET, RAWSOCKET_TLS, RAWSOCKET_UNIX -> RawSocketTransport.open(uri(), serializer);
            default -> WebSocketTransport.open(uri(), serializer);
        };
    }

    /** A connection whose opening HTTP request has these header lines. */
    ClientTransport link(Serializer serializer, List<String> headers) {
        return variant.transport() == TransportVariant.Transport.LONG_POLL
                ? LongPollTransport.open(uri(), serializer, nextReading(serializer), headers)
                : WebSocketTransport.open(uri(), serializer, headers);
    }

    /** How the router names the transport. */
    String protocol() {
        return switch (variant.transport()) {
            case LONG_POLL -> "longpoll";
            case RAWSOCKET, RAWSOCKET_TLS, RAWSOCKET_UNIX -> "rawsocket";
            case MEMORY, IN_PROCESS, CLUSTER -> "memory";
            case HTTP2, HTTP2_TLS -> "websocket_http2";
            case WEBSOCKET, WEBSOCKET_UNIX, TLS, COMPRESSED, BATCHED, COMPRESSED_BATCHED, JAKARTA, URL -> "websocket";
        };
    }

    /** The ways to receive take turns; events are JSON only. */
    private LongPollTransport.ReceiveMode nextReading(Serializer serializer) {
        List<LongPollTransport.ReceiveMode> all = List.of(LongPollTransport.ReceiveMode.values());
        int ways = serializer == Serializer.JSON ? all.size() : all.size() - 1;
        return all.get(polling++ % ways);
    }

    /** Opens a transport in memory whose client takes messages of up to {@code receiveLimitBytes}. */
    MemoryTransport memoryLink(Serializer serializer, int receiveLimitBytes) {
        return MemoryTransport.open(router().acceptor(), serializer, limits, receiveLimitBytes);
    }

    /** The transport in memory of a peer. */
    MemoryTransport memory(Peer peer) {
        return isClustered() ? router().memory(peer.transport()) : (MemoryTransport) peer.transport();
    }

    /** Returns the WebSocket URI of the router. */
    URI uri() {
        return switch (variant.transport()) {
            case URL -> URI.create(System.getProperty(TransportVariant.URL_PROPERTY));
            case JAKARTA -> container().uri();
            default -> router().uri();
        };
    }

    /** The serialization of the next peer. */
    Serializer nextSerializer() {
        return variant.serializers().get(connected++ % variant.serializers().size());
    }

    /** Whether the router is in a container, which does not tell addresses of clients. */
    boolean isInContainer() {
        return variant.transport() == TransportVariant.Transport.JAKARTA;
    }

    /** Whether the peers are on the routers of a cluster in turn. */
    boolean isClustered() {
        return variant.transport() == TransportVariant.Transport.CLUSTER;
    }

    /** Whether the router itself ends the TLS connections. */
    boolean isEncrypted() {
        return switch (variant.transport()) {
            case TLS, HTTP2_TLS, RAWSOCKET_TLS -> true;
            default -> false;
        };
    }

    /** The code that a client gets that is disconnected with a close code, which not every transport has. */
    int closeCode(int code) {
        return isRawSocket() || isInProcess() ? ReceivedItem.Closed.DROPPED : code;
    }

    /** Whether clients connect in the process of the router. */
    boolean isInProcess() {
        return variant.transport() == TransportVariant.Transport.IN_PROCESS;
    }

    /** Whether clients connect by RawSocket. */
    boolean isRawSocket() {
        return protocol().equals("rawsocket");
    }

    /** Skips the scenario where there is one kind of frames for text and bytes. */
    void requireTextFrames() {
        if (isRawSocket() || isInProcess()) {
            skip("is about text frames and binary frames");
        }
    }

    /** Skips the scenario without TLS. */
    void requireTls() {
        if (!isEncrypted()) {
            skip("is about TLS");
        }
    }

    /** Skips the scenario if it cannot write the HTTP request of the handshake. */
    void requirePlainHttp() {
        boolean isHttp = variant.transport() == TransportVariant.Transport.WEBSOCKET
                || variant.transport() == TransportVariant.Transport.LONG_POLL
                || variant.transport() == TransportVariant.Transport.JAKARTA;
        if (!isHttp) {
            skip("is about the HTTP request");
        }
    }

    /** Skips the scenario against another router. */
    void requireOwnRouter() {
        if (variant.transport() == TransportVariant.Transport.URL) {
            skip("needs own router");
        }
    }

    /** Skips the scenario in runs with several serializations. */
    void requireOneSerializer() {
        if (variant.serializers().size() > 1) {
            skip("is about one serialization");
        }
    }

    /** Skips the scenario if the transport cannot carry messages of 16 MiB and more. */
    void requireLargeMessages() {
        if (protocol().equals("rawsocket")) {
            skip("a message of RawSocket has less than 16 MiB");
        }
    }

    /** Whether the scenario is skipped. */
    boolean isSkipped() {
        return skipped;
    }

    /** Closes peers and router; fails if a message was not read or state is left. */
    void close() {
        try {
            peers.forEach(Peer::close);
            if (router != null) {
                router.expectIdle();
            }
        } finally {
            abandon();
        }
    }

    /** Ends peers and router without checks. */
    void abandon() {
        peers.forEach(Peer::cut);
        if (http2Connection != null) {
            http2Connection.close();
            http2Connection = null;
        }
        if (container != null) {
            container.stopAccepting();
            router().shutDown();
            container.close();
            container = null;
        }
        if (router != null) {
            router.close();
            router = null;
        }
    }

    private void skip(String reason) {
        skipped = true;
        Assumptions.abort(reason);
    }

    private List<ListenerConfig> listeners() {
        return switch (variant.transport()) {
            case WEBSOCKET, BATCHED, HTTP2, RAWSOCKET, LONG_POLL -> List.of(listener());
            case COMPRESSED, COMPRESSED_BATCHED ->
                List.of(listener().toBuilder().compression(true).build());
            case TLS, HTTP2_TLS, RAWSOCKET_TLS ->
                List.of(listener().toBuilder()
                        .tls(TestCertificate.LOCALHOST.config())
                        .build());
            case WEBSOCKET_UNIX, RAWSOCKET_UNIX ->
                List.of(listener().toBuilder()
                        .unixSocket(new UnixSocket(SocketPaths.next()))
                        .build());
            case MEMORY, IN_PROCESS, JAKARTA, CLUSTER, URL -> List.of();
        };
    }

    private ListenerConfig listener() {
        return ListenerConfig.builder()
                .port(0)
                .protocols(Set.of(ListenerProtocol.values()))
                .origins(origins)
                .limits(limits)
                .build();
    }

    /** The router closes a connection that has had no stream for some time; then another one is opened. */
    private ClientTransport http2Link(Subprotocol subprotocol) {
        try {
            return WebSocketTransport.open(http2Connection(), subprotocol, false);
        } catch (AssertionError failure) {
            if (!(failure.getCause() instanceof IOException)) {
                throw failure;
            }
            http2Connection = null;
            return WebSocketTransport.open(http2Connection(), subprotocol, false);
        }
    }

    /** The connection of all peers. */
    private Http2Connection http2Connection() {
        if (http2Connection == null) {
            http2Connection = Http2Connection.open(uri());
        }
        return http2Connection;
    }

    private JakartaContainer container() {
        if (container == null) {
            container = JakartaContainer.start(listener(), router().router());
        }
        return container;
    }
}
