package io.junctor.router;

import io.junctor.router.config.RouterConfig;
import io.junctor.router.metrics.Counters;
import io.junctor.router.realm.Realms;
import io.junctor.router.transport.Acceptor;
import io.junctor.router.transport.Connection;
import io.junctor.router.transport.Receiver;
import io.junctor.router.turn.SystemTimers;
import io.junctor.router.turn.Timers;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Safe for use by many threads. A running router: its realms, and the listeners through which clients come.
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

    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("work-", 0).factory());
    private final Counters counters = new Counters();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final RouterConfig config;
    private final Timers timers;
    private final Realms realms;

    private Router(RouterConfig config, java.util.function.Function<ExecutorService, Timers> timers) {
        this.config = config;
        this.timers = timers.apply(workers);
        this.realms = new Realms(config, counters, this.timers, workers);
    }

    /** Opens the realms of {@code config}; nobody can connect before {@link #listen} or {@link #accept}. */
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
        try {
            realms.empty().get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException lingering) {
            // Whoever has not answered by now is dropped below.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        realms.dropAll();
        if (timers instanceof SystemTimers own) {
            own.close();
        }
        workers.shutdown();
    }
}
