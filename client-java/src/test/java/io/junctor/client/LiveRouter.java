package io.junctor.client;

import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.ShutdownNotice;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.connection.transport.ConnectionLimit;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.router.turn.SystemTimers;
import io.junctor.router.turn.Workers;
import io.junctor.server.ListenException;
import io.junctor.server.Listener;
import io.junctor.server.ListenerBinding;
import io.junctor.server.yaml.ConfigFile;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real router on a free port, with the open realm {@code realm1}. For one test. */
final class LiveRouter implements AutoCloseable {
    private static final String LENIENT = """
            realms:
              realm1:
                auth:
                  anonymous: { role: anonymous }
                roles:
                  anonymous:
                    allow:
                      - { uri: "", match: prefix, actions: [call, register, publish, subscribe, replace] }
                      - { uri: "wamp.", match: prefix, actions: [call, subscribe] }
            """;

    private final Router router;
    private final Workers workers = new Workers(() -> {});
    private final SystemTimers timers = new SystemTimers(workers);
    private final Listener listening;

    /** A router that sends GOODBYE at shutdown and accepts the names {@code hosts} besides loopback names. */
    LiveRouter(String... hosts) {
        this(RouterConfig.builder()
                .listener(ListenerConfig.builder()
                        .port(0)
                        .origins(Stream.of(hosts).map(host -> "http://" + host).toList())
                        .build())
                .realm(RealmConfig.open("realm1"))
                .shutdown(ShutdownNotice.GOODBYE)
                .build());
    }

    private LiveRouter(RouterConfig config) {
        ListenerConfig listener = config.listeners().getFirst();
        router = Router.open(config);
        try {
            listening = ListenerBinding.bind(
                    listener,
                    new TransportContext(router, router.counters(), timers, new ConnectionLimit(100), List.of()));
        } catch (ListenException failure) {
            throw new AssertionError(failure);
        }
    }

    /** A router with this realms.yaml and an added listener. */
    static LiveRouter of(String realms) {
        String text = "listen: [{ port: 0 }]\n" + realms;
        return new LiveRouter(ConfigFile.parse("test", text, Map.of()).orThrow());
    }

    /** A router whose only realm allows every action, also to end other sessions. */
    static LiveRouter lenient() {
        return of(LENIENT);
    }

    Router router() {
        return router;
    }

    String uri() {
        return listening.uri().toString();
    }

    int connections() {
        return router.connections();
    }

    /** Shuts the router down with GOODBYE. */
    void shutDown() {
        router.close();
    }

    /** Ends all connections without GOODBYE or close frames. */
    void cut() {
        listening.close();
    }

    @Override
    public void close() {
        router.close();
        listening.close();
        timers.close();
        workers.close();
    }
}
