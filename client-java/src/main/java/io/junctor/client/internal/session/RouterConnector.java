package io.junctor.client.internal.session;

import io.junctor.client.internal.Connector;
import io.junctor.client.internal.http.HttpSettings;
import io.junctor.client.internal.http.RouterAddress;
import io.junctor.client.internal.inprocess.InProcessConnector;
import io.junctor.client.internal.longpoll.LongPollConnector;
import io.junctor.client.internal.rawsocket.RawSocketAddress;
import io.junctor.client.internal.rawsocket.RawSocketConnector;
import io.junctor.client.internal.rawsocket.RawSocketSettings;
import io.junctor.client.internal.websocket.WebSocketConnector;
import io.junctor.wamp.inprocess.InProcessRouter;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One of the routers that a client may join. Immutable.
 *
 * @param name the URI of the router, or another name for people
 * @param connector opens transports to it, with the settings of the client
 */
public record RouterConnector(String name, Function<Settings, Connector> connector) {
    /** The current settings of the transports in a client's builder. */
    public record Settings(Supplier<HttpSettings> http, Supplier<RawSocketSettings> rawSocket) {}

    /** Returns the routers at these URIs. */
    public static List<RouterConnector> at(String uri, String... others) {
        return Stream.concat(Stream.of(uri), Stream.of(others))
                .map(RouterConnector::at)
                .toList();
    }

    /** Returns a router in the same process; it uses the first serializer of the client. */
    public static RouterConnector to(InProcessRouter router) {
        return new RouterConnector("the router in this process", settings -> {
            HttpSettings client = settings.http().get();
            return new InProcessConnector(router, client.serializers().getFirst(), client.messageBytes());
        });
    }

    /** Returns the routers with connectors that use the current settings of the client. */
    public static List<JoinRound.RouterToJoin> with(
            Supplier<HttpSettings> http, Supplier<RawSocketSettings> rawSocket, List<RouterConnector> routers) {
        Settings settings = new Settings(http, rawSocket);
        return routers.stream()
                .map(router -> new JoinRound.RouterToJoin(
                        router.name(), router.connector().apply(settings)))
                .toList();
    }

    private static RouterConnector at(String uri) {
        if (RawSocketAddress.isRawSocket(uri)) {
            RawSocketAddress address = RawSocketAddress.parse(uri);
            return new RouterConnector(
                    uri,
                    settings ->
                            new RawSocketConnector(address, settings.rawSocket().get()));
        }
        RouterAddress address = RouterAddress.parse(uri);
        return RouterAddress.isLongPoll(uri)
                ? new RouterConnector(
                        uri,
                        settings ->
                                new LongPollConnector(address, settings.http().get()))
                : new RouterConnector(
                        uri,
                        settings ->
                                new WebSocketConnector(address, settings.http().get()));
    }
}
