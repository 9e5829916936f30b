package io.junctor.bench;

import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A router without a network, with its clients. Confined to one thread. */
final class InMemoryRouter implements AutoCloseable {
    private static final String REALM = "realm1";
    private static final Roles ROLES = new Roles(
            Map.of(Role.PUBLISHER, Set.of(), Role.SUBSCRIBER, Set.of(), Role.CALLER, Set.of(), Role.CALLEE, Set.of()));

    private final Router router;
    private final List<InMemoryClient> clients = new ArrayList<>();

    InMemoryRouter() {
        this(REALM);
    }

    /** Creates a router with open realms of these names. */
    InMemoryRouter(String... realms) {
        this(Arrays.stream(realms).map(RealmConfig::open).toArray(RealmConfig[]::new));
    }

    InMemoryRouter(RealmConfig... realms) {
        this.router = Router.open(RouterConfig.builder().realms(List.of(realms)).build());
    }

    /** Opens a session in the default realm. */
    InMemoryClient join() {
        return join(REALM);
    }

    /** Opens a session in a realm; it has received WELCOME. */
    InMemoryClient join(String realm) {
        DiscardingConnection connection = new DiscardingConnection();
        InMemoryClient client = new InMemoryClient(connection, router.accept(connection));
        Hello hello = new Hello(new Uri(realm), HelloDetails.anonymous(ROLES));
        client.send(BenchMessages.encode(Serializer.MSGPACK, hello));
        client.awaitMoreThan(0);
        clients.add(client);
        return client;
    }

    /** Subscribes a session of the default realm to a topic; it has received SUBSCRIBED. */
    InMemoryClient subscribe(Uri topic) {
        InMemoryClient subscriber = join();
        subscriber.send(
                BenchMessages.encode(Serializer.MSGPACK, new Subscribe(1, SubscribeMessageOptions.DEFAULT, topic)));
        subscriber.awaitMoreThan(1);
        return subscriber;
    }

    /** Closes the clients first, so that the router does not wait for them. */
    @Override
    public void close() {
        clients.forEach(InMemoryClient::close);
        router.close();
    }
}
