package io.junctor.router;

import io.junctor.router.config.RouterConfig;
import io.junctor.router.metrics.Counters;
import io.junctor.router.realm.Realms;
import io.junctor.router.transport.Acceptor;
import io.junctor.router.transport.Connection;
import io.junctor.router.transport.Receiver;
import io.junctor.router.turn.SystemTimers;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Workers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Safe for use by many threads. A running router: its realms and the clients in them.
 *
 * <pre>{@code
 * try (Router router = Router.open(config)) {
 *     Receiver receiver = router.accept(connection);
 *     ...
 * }
 * }</pre>
 */
public final class Router implements Acceptor, AutoCloseable {
    private static final long GRACE_SECONDS = 5;

    private final Workers workers = new Workers();
    private final Counters counters = new Counters();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Timers timers;
    private final Realms realms;

    private Router(RouterConfig config, Function<Workers, Timers> timers) {
        this.timers = timers.apply(workers);
        this.realms = new Realms(config, counters, this.timers, workers);
    }

    /** Opens the realms of {@code config}; clients come by {@link #accept}. */
    public static Router open(RouterConfig config) {
        return new Router(config, SystemTimers::new);
    }

    /** As {@link #open(RouterConfig)}, with time that belongs to the caller. */
    public static Router open(RouterConfig config, Timers timers) {
        return new Router(config, workers -> timers);
    }

    /** Takes a connection of any transport. */
    @Override
    public Receiver accept(Connection connection) {
        return realms.accept(connection);
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
     * Shuts down: no new clients, {@code GOODBYE wamp.close.system_shutdown} to all, up to 5 s for their answers, then drops who is
     * left. Blocks that long at most; does nothing the second time.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        realms.beginShutdown();
        realms.empty().completeOnTimeout(null, GRACE_SECONDS, TimeUnit.SECONDS).join();
        realms.dropAll();
        if (timers instanceof SystemTimers own) {
            own.close();
        }
        workers.close();
    }
}
