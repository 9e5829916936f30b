package io.junctor.bench;

import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.connection.MessageReceiver;
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
    private final List<MessageReceiver> clients = new ArrayList<>();

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

    /** Opens a session over {@code connection} in the default realm. */
    MessageReceiver join(DiscardingConnection connection) {
        return join(REALM, connection);
    }

    /** Opens a session in a realm. */
    MessageReceiver join(String realm, DiscardingConnection connection) {
        MessageReceiver receiver = router.accept(connection);
        Hello hello = new Hello(new Uri(realm), HelloDetails.anonymous(ROLES));
        receiver.onMessage(BenchMessages.encode(Serializer.MSGPACK, hello));
        if (connection.messages() != 1) {
            throw new IllegalStateException("no WELCOME");
        }
        clients.add(receiver);
        return receiver;
    }

    /** Subscribes sessions of the default realm to a topic, the first of them over {@code first}. */
    void subscribe(int sessions, Uri topic, DiscardingConnection first) {
        for (int i = 0; i < sessions; i++) {
            join(i == 0 ? first : new DiscardingConnection())
                    .onMessage(BenchMessages.encode(
                            Serializer.MSGPACK, new Subscribe(1, SubscribeMessageOptions.DEFAULT, topic)));
        }
    }

    /** Closes the clients first, so that the router does not wait for them. */
    @Override
    public void close() {
        clients.forEach(client -> client.onClosed("the benchmark has ended"));
        router.close();
    }
}
