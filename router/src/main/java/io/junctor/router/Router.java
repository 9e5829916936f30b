package io.junctor.router;

import io.junctor.router.audit.AuditLog;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.metrics.Counters;
import io.junctor.router.realm.Realms;
import io.junctor.router.server.ConnectionLimit;
import io.junctor.router.server.Exchange;
import io.junctor.router.server.Gauge;
import io.junctor.router.server.ListenFailure;
import io.junctor.router.server.Listening;
import io.junctor.router.server.WebSocketServer;
import io.junctor.router.transport.Acceptor;
import io.junctor.router.transport.Connection;
import io.junctor.router.transport.Receiver;
import io.junctor.router.turn.SystemTimers;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Workers;
import io.junctor.wamp.value.Dict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Safe for use by many threads. A running router: its realms and the clients in them.
 *
 * <pre>{@code
 * try (Router router = Router.open(config)) {
 *     router.listen();
 *     ...
 * }
 * }</pre>
 */
public final class Router implements Acceptor, AutoCloseable {
    private static final long GRACE_SECONDS = 5;

    private final Workers workers = new Workers();
    private final Counters counters = new Counters();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Listening> listeners = new CopyOnWriteArrayList<>();
    private final RouterConfig config;
    private final Timers timers;
    private final Realms realms;
    private final Exchange exchange;

    private Router(RouterConfig config, Function<Workers, Timers> timers) {
        this.config = config;
        this.timers = timers.apply(workers);
        this.realms = new Realms(config, counters, this.timers, workers);
        ConnectionLimit limit = ConnectionLimit.of(config.limits());
        config.all().forEach(Router::audit);
        this.exchange = new Exchange(realms, counters, this.timers, limit, gauges());
    }

    private static void audit(RealmConfig realm) {
        Dict line = new Dict.Builder()
                .put("realm", realm.name())
                .put("anonymous_role", realm.anonymousRole())
                .put(
                        "methods",
                        realm.auth().offers().stream()
                                .map(offer -> offer.method().wire())
                                .collect(Collectors.joining(" ")))
                .put("roles", realm.roles().keySet().stream().sorted().collect(Collectors.joining(" ")))
                .build();
        AuditLog.write("configuration", line.entries());
    }

    /** Opens the realms of {@code config}; clients come after {@link #listen}, or by {@link #accept}. */
    public static Router open(RouterConfig config) {
        return new Router(config, SystemTimers::new);
    }

    /** As {@link #open(RouterConfig)}, with time that belongs to the caller. */
    public static Router open(RouterConfig config, Timers timers) {
        return new Router(config, workers -> timers);
    }

    /**
     * Opens the listeners of the configuration. To be called once; {@link #close()} closes them.
     *
     * @return the listeners in the order of the configuration, each with its real port
     * @throws ListenFailure if one of them cannot be opened; then none is
     */
    public List<Listening> listen() throws ListenFailure {
        String problem = exchange.limit().problem();
        if (problem != null) {
            throw new ListenFailure("Cannot listen: " + problem + ".");
        }
        List<Listening> opened = new ArrayList<>();
        try {
            for (ListenerConfig listener : config.listeners()) {
                opened.add(WebSocketServer.bind(listener, exchange));
            }
        } catch (ListenFailure failure) {
            opened.forEach(Listening::close);
            throw failure;
        }
        listeners.addAll(opened);
        return List.copyOf(opened);
    }

    private List<Gauge> gauges() {
        return List.of(
                new Gauge("sessions", "sessions that are open", this::sessions),
                new Gauge("realms", "realms that exist", realms::size),
                new Gauge("operations_waiting", "operations that wait for a realm's turn", this::waitingOperations),
                new Gauge("outbox_bytes", "bytes that wait for clients", this::outboxBytes));
    }

    /** Takes a connection of any transport. */
    @Override
    public Receiver accept(Connection connection) {
        return realms.accept(connection);
    }

    /** What listeners need, for an endpoint of one's own such as {@link io.junctor.router.server.WampEndpoint}. */
    public Exchange exchange() {
        return exchange;
    }

    /** What is counted. */
    public Counters counters() {
        return counters;
    }

    /** How many sessions are open. */
    public int sessions() {
        return realms.sessions();
    }

    /** How many connections there are, with or without a session. */
    public int connections() {
        return realms.connections();
    }

    /** How many operations wait for a realm's turn. */
    public int waitingOperations() {
        return realms.waitingOperations();
    }

    /** The bytes that wait for clients. */
    public long outboxBytes() {
        return realms.outboxBytes();
    }

    /**
     * Shuts down: no new clients; all connections are closed, after {@code GOODBYE wamp.close.system_shutdown} where that is configured; up
     * to 5 s for their answers, then drops who is left. Blocks that long at most; does nothing the second time.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        listeners.forEach(Listening::stopAccepting);
        realms.beginShutdown();
        realms.empty().completeOnTimeout(null, GRACE_SECONDS, TimeUnit.SECONDS).join();
        realms.dropAll();
        listeners.forEach(Listening::close);
        if (timers instanceof SystemTimers own) {
            own.close();
        }
        workers.close();
    }
}
