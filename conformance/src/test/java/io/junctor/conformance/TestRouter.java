package io.junctor.conformance;

import io.junctor.router.Router;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.connection.transport.ConnectionAcceptor;
import io.junctor.router.memory.LowHeapMonitor;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.turn.ManualTimers;
import io.junctor.server.ListenException;
import io.junctor.server.Listener;
import io.junctor.server.RouterServer;
import io.junctor.testkit.ClientTransport;
import io.junctor.testkit.IoThreads;
import io.junctor.testkit.MemoryTransport;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A router, or the routers of a cluster, with a clock that the test advances. Checks that no state of their clients is left. For one thread.
 */
public final class TestRouter implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
    private final ManualTimers clock = new ManualTimers(IoThreads::awaitIdle);
    /** Null for a router that is alone. */
    private final @Nullable MemoryCluster cluster;

    private final List<Router> routers;
    private int accepted;
    private @Nullable Thread closing;
    private @Nullable RouterServer server;

    private final List<LowHeapMonitor> heaps = new ArrayList<>();

    private TestRouter(RouterConfig config) {
        this.cluster = null;
        this.routers = List.of(Router.open(config, clock, this::noReports));
    }

    private TestRouter(RouterConfig config, int size) {
        this.cluster = new MemoryCluster(clock, size);
        SecureRandom random = new SecureRandom();
        this.routers = cluster.members().stream()
                .map(member -> Router.open(config, clock, this::noReports, member, cluster::work, random))
                .toList();
    }

    private Runnable noReports(LowHeapMonitor usage) {
        heaps.add(usage);
        return () -> {};
    }

    /** Reports that so much of the heap is in use after a garbage collection; without that, the heap is empty. */
    public void reportHeap(int percent) {
        heaps.forEach(heap -> heap.report(percent, 100));
    }

    /** Starts a router. */
    public static TestRouter open(RouterConfig config) {
        return new TestRouter(config);
    }

    /** Starts the routers of a cluster, which an engine in memory connects. */
    public static TestRouter openCluster(RouterConfig config, int size) {
        return new TestRouter(config, size);
    }

    /** A transport to a router of the cluster, whose sends return when all routers have done what follows from them. */
    ClientTransport settling(MemoryTransport transport) {
        return Objects.requireNonNull(cluster).settling(transport);
    }

    /** The transport in memory of one that {@link #settling} made. */
    MemoryTransport memory(ClientTransport settling) {
        return Objects.requireNonNull(cluster).memory(settling);
    }

    /** Returns when nothing is under way between the routers of a cluster; at once for a router that is alone. */
    void settle() {
        if (cluster != null) {
            cluster.settle();
        }
    }

    /** Its clock. */
    public ManualTimers clock() {
        return clock;
    }

    /** The router itself; the first one of a cluster. */
    public Router router() {
        return routers.getFirst();
    }

    /** Accepts transports in memory; each router of a cluster in turn. */
    public ConnectionAcceptor acceptor() {
        return routers.get(accepted++ % routers.size());
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
        return routers.stream()
                .mapToLong(router -> router.counters().value(counter))
                .sum();
    }

    /** Returns the value of a counter of all transports together. */
    public long count(TransportCounter counter) {
        return routers.stream()
                .mapToLong(router -> router.counters().value(counter))
                .sum();
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
        if (cluster != null) {
            cluster.close();
        }
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
            routers.forEach(Router::close);
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
            return RouterServer.serve(router());
        } catch (ListenException e) {
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
        for (Router router : routers) {
            note(left, router.connections(), "connections");
            note(left, router.sessions(), "sessions");
            note(left, router.waitingOperations(), "operations");
            note(left, router.outboxBytes(), "bytes");
        }
        note(left, clock.pending(), "timers");
        return left.toString();
    }

    private static void note(StringBuilder left, long count, String what) {
        if (count != 0) {
            left.append(count).append(' ').append(what).append(' ');
        }
    }
}
