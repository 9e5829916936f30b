package io.junctor.client;

import io.junctor.client.internal.Connector;
import io.junctor.client.internal.http.RouterAddress;
import io.junctor.client.internal.longpoll.LongPollConnector;
import io.junctor.client.internal.rawsocket.RawSocketAddress;
import io.junctor.client.internal.rawsocket.RawSocketConnector;
import io.junctor.client.internal.websocket.WebSocketConnector;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One of the routers that a client may join. Immutable.
 *
 * @param name its URI, or another name for people
 * @param connector opens transports to it, with the settings of a builder
 */
record RouterConnector(String name, Function<Client.Builder, Connector> connector) {
    /** The routers at these URIs; see {@link Client#builder(String, String...)}. */
    static List<RouterConnector> at(String uri, String... others) {
        return Stream.concat(Stream.of(uri), Stream.of(others))
                .map(RouterConnector::at)
                .toList();
    }

    /** The routers, to be joined with the present settings of a builder. */
    static List<JoinRound.Router> with(Client.Builder builder, List<RouterConnector> routers) {
        return routers.stream()
                .map(router ->
                        new JoinRound.Router(router.name(), router.connector().apply(builder)))
                .toList();
    }

    private static RouterConnector at(String uri) {
        if (RawSocketAddress.isRawSocket(uri)) {
            RawSocketAddress address = RawSocketAddress.parse(uri);
            return new RouterConnector(uri, builder -> new RawSocketConnector(address, builder.rawSocket()));
        }
        RouterAddress address = RouterAddress.parse(uri);
        return RouterAddress.isLongPoll(uri)
                ? new RouterConnector(uri, builder -> new LongPollConnector(address, builder.http()))
                : new RouterConnector(uri, builder -> new WebSocketConnector(address, builder.http()));
    }
}
