package io.junctor.conformance;

import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.ListenerLimits;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.config.ShutdownNotice;
import io.junctor.router.turn.ManualTimers;
import io.junctor.testkit.ClientTransport;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.testkit.TestCertificate;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Serializer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Used by one thread. What a scenario is handed: peers at the end of one road, and where the router is our own, its configuration,
 * clock and counters. A scenario that asks for these is skipped against a foreign router.
 */
final class Testbed {
    /** The realm of every scenario that names none. */
    static final String REALM = "realm1";
    /** Another one, just as open. */
    static final String OTHER_REALM = "realm2";

    private final TransportVariant road;
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
    private int connected;
    private boolean skipped;

    Testbed(TransportVariant road) {
        this.road = road;
    }

    // ---- The router, before the first peer.

    /** The realms to use instead of the two open ones. */
    Testbed realms(RealmConfig... configured) {
        requireOwnRouter();
        realms = List.of(configured);
        return this;
    }

    /** Templates of realms besides the realms. */
    Testbed templates(RealmTemplate... configured) {
        requireOwnRouter();
        templates = List.of(configured);
        return this;
    }

    /** The limits of connections to use instead of the default ones. */
    Testbed limits(ListenerLimits configured) {
        requireOwnRouter();
        limits = configured;
        return this;
    }

    /** The limits of the router to use instead of the default ones. */
    Testbed limits(RouterLimits configured) {
        requireOwnRouter();
        routerLimits = configured;
        return this;
    }

    /** What clients are told at shutdown, instead of nothing. */
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

    /** The origins that browsers may come from. */
    Testbed origins(String... configured) {
        requireOwnRouter();
        origins = List.of(configured);
        return this;
    }

    /** The router, if it is our own. */
    TestRouter router() {
        requireOwnRouter();
        if (router == null) {
            router = TestRouter.open(
                    new RouterConfig(listeners(), realms, templates, routerLimits, shutdown, helloWithoutRealm));
        }
        return router;
    }

    /** The clock of the router, if it is our own. */
    ManualTimers clock() {
        return router().clock();
    }

    // ---- Peers; all of them are closed at the end of the scenario.

    /** A transport on which nothing was said yet. */
    Peer connect() {
        return connect(nextSerializer());
    }

    /** A transport with a serialization of the scenario's choice. */
    Peer connect(Serializer serializer) {
        return peerOn(link(serializer));
    }

    /** A peer on a link that the scenario opened itself. */
    Peer peerOn(ClientTransport link) {
        Peer peer = new Peer(link);
        peers.add(peer);
        return peer;
    }

    /** A peer in {@link #REALM}. */
    Peer join() {
        return join(Peer.PLAIN);
    }

    /** A peer in {@link #REALM} that announces {@code roles}. */
    Peer join(Roles roles) {
        Peer peer = connect();
        peer.join(REALM, roles);
        return peer;
    }

    /** A peer in another realm. */
    Peer joinRealm(String realm) {
        requireOwnRouter();
        Peer peer = connect();
        peer.join(realm);
        return peer;
    }

    /** A peer in {@link #REALM} with a serialization of the scenario's choice. */
    Peer join(Serializer serializer) {
        Peer peer = connect(serializer);
        peer.join(REALM);
        return peer;
    }

    /** A link to the router, with no peer at its end. */
    ClientTransport link(Serializer serializer) {
        return road.transport() == TransportVariant.Transport.MEMORY
                ? memoryLink(serializer, Integer.MAX_VALUE)
                : WebSocketTransport.open(uri(), serializer);
    }

    /** A link in memory whose client takes messages of up to {@code receiveLimitBytes}. */
    MemoryTransport memoryLink(Serializer serializer, int receiveLimitBytes) {
        return MemoryTransport.open(router().acceptor(), serializer, limits, receiveLimitBytes);
    }

    /** Where the router listens for WebSockets. */
    URI uri() {
        return switch (road.transport()) {
            case URL -> URI.create(System.getProperty(TransportVariant.URL_PROPERTY));
            case JAKARTA -> container().uri();
            case MEMORY, WEBSOCKET, TLS -> router().uri();
        };
    }

    /** The serialization of the next peer. */
    Serializer nextSerializer() {
        return road.serializers().get(connected++ % road.serializers().size());
    }

    /** Whether the router is in a container, which does not say where clients are. */
    boolean isInContainer() {
        return road.transport() == TransportVariant.Transport.JAKARTA;
    }

    /** Whether connections are TLS, which ends in the router. */
    boolean isEncrypted() {
        return road.transport() == TransportVariant.Transport.TLS;
    }

    /** Skips the scenario where connections are not TLS. */
    void requireTls() {
        if (!isEncrypted()) {
            skip("is about TLS");
        }
    }

    /** Skips the scenario where connections do not begin with an HTTP request that the scenario can write. */
    void requirePlainHttp() {
        boolean isHttp = road.transport() == TransportVariant.Transport.WEBSOCKET
                || road.transport() == TransportVariant.Transport.JAKARTA;
        if (!isHttp) {
            skip("is about the HTTP request");
        }
    }

    /** Skips the scenario where the router is not ours. */
    void requireOwnRouter() {
        if (road.transport() == TransportVariant.Transport.URL) {
            skip("needs own router");
        }
    }

    /** Skips the scenario where it is run with more than one serialization. */
    void requireOneSerializer() {
        if (road.serializers().size() > 1) {
            skip("is about one serialization");
        }
    }

    /** Whether the scenario does not make sense on this road. */
    boolean isSkipped() {
        return skipped;
    }

    /** Closes peers and router; fails if a message was not read or anything is left. */
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

    /** Ends everything without looking at what is left. */
    void abandon() {
        peers.forEach(Peer::cut);
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
        return switch (road.transport()) {
            case WEBSOCKET -> List.of(listener());
            case TLS ->
                List.of(listener().toBuilder()
                        .tls(TestCertificate.LOCALHOST.config())
                        .build());
            case MEMORY, JAKARTA, URL -> List.of();
        };
    }

    private ListenerConfig listener() {
        return ListenerConfig.builder().port(0).origins(origins).limits(limits).build();
    }

    private JakartaContainer container() {
        if (container == null) {
            container = JakartaContainer.start(listener(), router().router());
        }
        return container;
    }
}
