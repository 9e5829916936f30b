package io.junctor.conformance;

import io.junctor.wamp.value.Serializer;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * The transport and the serializations of one run of a scenario. Immutable.
 *
 * @param transport the transport
 * @param serializers the serialization of the first peer, the second and so on, and again from the first
 */
record TransportVariant(Transport transport, List<Serializer> serializers) {

    /** A way to reach a router. */
    enum Transport {
        MEMORY,
        /** The router's transport for clients of the same process. */
        IN_PROCESS,
        /** The router's own WebSocket server. */
        WEBSOCKET,
        /** The same over TLS. */
        TLS,
        /** The router's own WebSocket server with compressed messages. */
        COMPRESSED,
        /** The router's own WebSocket server with a batched subprotocol. */
        BATCHED,
        /** The same with compressed batches. */
        COMPRESSED_BATCHED,
        /** WebSockets in streams of one HTTP/2 connection. */
        HTTP2,
        /** The same over TLS. */
        HTTP2_TLS,
        RAWSOCKET,
        /** The same over TLS. */
        RAWSOCKET_TLS,
        /** WebSocket over a Unix domain socket. */
        WEBSOCKET_UNIX,
        /** RawSocket over a Unix domain socket. */
        RAWSOCKET_UNIX,
        /** HTTP requests, polls and streams of events. */
        LONG_POLL,
        /** The router inside a web application, in a container with Jakarta WebSocket. */
        JAKARTA,
        /** In memory, the peers on the routers of a cluster in turn. */
        CLUSTER,
        /** Another router, by its URL. */
        URL
    }

    /** The URL of a router to test instead of our own. */
    static final String URL_PROPERTY = "wamp.url";
    /** The only transport to run over, such as {@code CLUSTER}. */
    private static final String TRANSPORT_PROPERTY = "wamp.transport";

    private static final List<Serializer> ALL = List.of(Serializer.values());

    /**
     * Returns the variants of one scenario: in memory with each serialization and with all mixed; over sockets, TLS and in a
     * container with one serialization, which differs from scenario to scenario.
     */
    static List<TransportVariant> all(String scenario) {
        if (System.getProperty(URL_PROPERTY) != null) {
            return ALL.stream()
                    .map(one -> new TransportVariant(Transport.URL, List.of(one)))
                    .toList();
        }
        List<TransportVariant> variants = new ArrayList<>();
        ALL.forEach(one -> variants.add(new TransportVariant(Transport.MEMORY, List.of(one))));
        variants.add(new TransportVariant(Transport.MEMORY, ALL));
        variants.add(new TransportVariant(Transport.IN_PROCESS, ALL));
        int turn = Math.floorMod(scenario.hashCode(), ALL.size());
        variants.add(new TransportVariant(Transport.WEBSOCKET, List.of(ALL.get(turn))));
        variants.add(new TransportVariant(Transport.TLS, List.of(ALL.get((turn + 2) % ALL.size()))));
        // A run over HTTP/2 takes as long as one over a WebSocket, so half of the scenarios have one.
        int http2 = Math.floorMod(scenario.hashCode() / 27, 4);
        if (http2 < 2) {
            variants.add(new TransportVariant(
                    http2 == 0 ? Transport.HTTP2 : Transport.HTTP2_TLS,
                    List.of(ALL.get(Math.floorMod(scenario.hashCode() / 108, ALL.size())))));
        }
        Transport rawSocket = List.of(Transport.RAWSOCKET, Transport.RAWSOCKET_TLS, Transport.RAWSOCKET_UNIX)
                .get(turn);
        variants.add(new TransportVariant(
                rawSocket, List.of(ALL.get(Math.floorMod(scenario.hashCode() / 3, ALL.size())))));
        List<Transport> all = List.of(
                Transport.COMPRESSED, Transport.BATCHED, Transport.COMPRESSED_BATCHED, Transport.WEBSOCKET_UNIX);
        Transport extended = all.get(Math.floorMod(scenario.hashCode() / 9, all.size()));
        variants.add(new TransportVariant(extended, List.of(ALL.get((turn + 1) % ALL.size()))));
        variants.add(new TransportVariant(Transport.JAKARTA, List.of(ALL.get((turn + 1) % ALL.size()))));
        variants.add(new TransportVariant(Transport.LONG_POLL, List.of(ALL.get(turn))));
        variants.add(new TransportVariant(Transport.CLUSTER, ALL));
        String only = System.getProperty(TRANSPORT_PROPERTY);
        variants.removeIf(variant -> only != null && variant.transport != Transport.valueOf(only));
        return List.copyOf(variants);
    }

    /** Whether the scenario runs over this variant. */
    boolean fits(Method method) {
        Scenario scenario = method.getAnnotation(Scenario.class);
        return fits(scenario.on())
                && switch (transport) {
                    case JAKARTA -> scenario.notOverJakarta().isEmpty();
                    case CLUSTER -> !ClusterExceptions.LISTED.contains(method);
                    default -> true;
                };
    }

    private boolean fits(Scenario.Where where) {
        return switch (where) {
            case ANYWHERE -> true;
            case IN_MEMORY -> transport == Transport.MEMORY || transport == Transport.CLUSTER;
            case ON_SOCKETS ->
                switch (transport) {
                    case WEBSOCKET, TLS, JAKARTA, URL -> true;
                    case MEMORY,
                            IN_PROCESS,
                            COMPRESSED,
                            BATCHED,
                            COMPRESSED_BATCHED,
                            HTTP2,
                            HTTP2_TLS,
                            RAWSOCKET,
                            RAWSOCKET_TLS,
                            WEBSOCKET_UNIX,
                            RAWSOCKET_UNIX,
                            LONG_POLL,
                            CLUSTER -> false;
                };
        };
    }

    @Override
    public String toString() {
        return transport + " " + serializers;
    }
}
