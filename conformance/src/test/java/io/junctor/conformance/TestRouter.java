package io.junctor.conformance;

import io.junctor.router.Router;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.connection.ConnectionAcceptor;
import io.junctor.router.memory.HeapUsage;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.turn.ManualTimers;
import io.junctor.server.ListenFailure;
import io.junctor.server.Listener;
import io.junctor.server.RouterServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A router with a clock that the test advances. Checks that no state of its clients is left. For one thread.
 */
public final class TestRouter implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
    private final ManualTimers clock = new ManualTimers();
    private final Router router;
    private @Nullable Thread closing;
    private @Nullable RouterServer server;

    private @Nullable HeapUsage heap;

    private TestRouter(RouterConfig config) {
        this.router = Router.open(config, clock, this::noReports);
    }

    private Runnable noReports(HeapUsage usage) {
        heap = usage;
        return () -> {};
    }

    /** Reports that so much of the heap is in use after a garbage collection; without that, the heap is empty. */
    public void reportHeap(int percent) {
        Objects.requireNonNull(heap).report(percent, 100);
    }

    /** Starts a router. */
    public static TestRouter open(RouterConfig config) {
        return new TestRouter(config);
    }

    /** Its clock. */
    public ManualTimers clock() {
        return clock;
    }

    /** The router itself. */
    public Router router() {
        return router;
    }

    /** Accepts transports in memory. */
    public ConnectionAcceptor acceptor() {
        return router;
    }

    /** Returns the WebSocket URI of its first listener; the first call opens the listeners. */
    public URI uri() {
        return uris().getFirst();
    }

    /** Returns the WebSocket URIs of its listeners; the first call opens the listeners. */
    public List<URI> uris() {
        if (server == null) {
            server = listen();
        }
        return server.listeners().stream().map(Listener::uri).toList();
    }

    /** Returns the value of a counter. */
    public long count(Counter counter) {
        return router.counters().value(counter);
    }

    /** Returns the value of a counter of all transports together. */
    public long count(TransportCounter counter) {
        return router.counters().value(counter);
    }

    /** Fails if a client, session, operation, byte or timer is left. */
    public void expectIdle() {
        Awaitility.await("nothing left of the clients")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(this::leftovers, String::isEmpty);
    }

    /** Starts the shutdown; {@link #close} waits for its end. */
    public void beginShutdown() {
        closing = Thread.ofVirtual().start(this::closeRouter);
    }

    /** Shuts the router down and waits for its end; {@link #close} checks that no state is left. */
    public void shutDown() {
        closeRouter();
        awaitShutdown();
    }

    /** Shuts the router down, and fails if a timer or a thread of it is left. */
    @Override
    public void close() {
        shutDown();
        Awaitility.await("no timer left after the router was closed")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> clock.waiting() == 0);
        Awaitility.await("no thread left after the router was closed")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(this::threads, List::isEmpty);
    }

    private void closeRouter() {
        RouterServer listening = server;
        if (listening == null) {
            router.close();
        } else {
            listening.close();
        }
    }

    private void awaitShutdown() {
        try {
            if (closing != null && !closing.join(PATIENCE)) {
                throw new AssertionError("the router does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the router shut down", e);
        }
    }

    private RouterServer listen() {
        try {
            return RouterServer.serve(router);
        } catch (ListenFailure e) {
            throw new AssertionError("cannot listen", e);
        }
    }

    /** Returns the threads of listeners and clocks that were started since this router was opened. */
    private List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !threadsBefore.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("io-") || name.equals("clock"))
                .toList();
    }

    private String leftovers() {
        StringBuilder left = new StringBuilder();
        note(left, router.connections(), "connections");
        note(left, router.sessions(), "sessions");
        note(left, router.waitingOperations(), "operations");
        note(left, router.outboxBytes(), "bytes");
        note(left, clock.pending(), "timers");
        return left.toString();
    }

    private static void note(StringBuilder left, long count, String what) {
        if (count != 0) {
            left.append(count).append(' ').append(what).append(' ');
        }
    }
}
