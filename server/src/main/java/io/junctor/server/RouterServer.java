package io.junctor.server;

import io.junctor.router.Router;
import io.junctor.router.config.ConfigDifference;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.ShutdownTimeouts;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.server.services.OutgoingServices;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A router with the listeners of its configuration. Thread-safe.
 *
 * <pre>{@code
 * try (RouterServer server = RouterServer.start(config)) {
 *     URI uri = server.listeners().getFirst().uri();
 *     ...
 * }
 * }</pre>
 */
public final class RouterServer implements AutoCloseable {
    private static final Duration OPENING_STEP = Duration.ofMillis(20);
    /** The number of times that {@link #drain} looks whether the last opening handshakes have arrived: for 2 s in all. */
    private static final int OPENING_STEPS = 100;

    private final Router router;
    private final Listeners listeners;
    /** Held during a reload. Not a monitor: a virtual thread that waits for a monitor blocks its carrier thread, which the holder may need. */
    private final Lock reloading = new ReentrantLock();

    private final OutgoingServices services;

    private RouterServer(Router router, Listeners listeners) {
        this.router = router;
        this.listeners = listeners;
        this.services = OutgoingServices.open(router);
    }

    /**
     * Opens a router and the listeners of its configuration.
     *
     * @throws ListenException if one of the listeners cannot be opened; then no listener is open and the router is closed
     */
    public static RouterServer start(RouterConfig config) throws ListenException {
        Router router = Router.open(config);
        try {
            return serve(router);
        } catch (ListenException failure) {
            router.close();
            throw failure;
        }
    }

    /**
     * Opens the listeners of the configuration of {@code router}. From then on {@link #close()} closes the router too.
     *
     * @throws ListenException if one of the listeners cannot be opened; then no listener is open, and the router stays
     *     open
     */
    public static RouterServer serve(Router router) throws ListenException {
        TransportContext context = router.transportContext();
        refuseIf(context.limit().problem());
        refuseIf(ThreadStartupCheck.problem(
                ThreadStartupCheck.threads(router.config().listeners().size())));
        ThreadStartupCheck.startVirtualThreads();
        return new RouterServer(router, Listeners.open(router));
    }

    private static void refuseIf(@Nullable String problem) throws ListenException {
        if (problem != null) {
            throw new ListenException("Cannot listen: " + problem + ".");
        }
    }

    /**
     * Replaces the configuration of the router while it runs, as {@link Router#reload} describes, and its listeners: new listeners open;
     * removed listeners close their connections with close code 1001; a listener whose settings change opens again at its address, and
     * its connections stay. Webhooks and HTTP callees whose settings change start again.
     *
     * @return what has changed, and which changes need a restart
     * @throws ListenException if a listener cannot be opened; then nothing has changed
     * @throws IllegalStateException if the router is shut down
     */
    public ConfigDifference reload(RouterConfig next) throws ListenException {
        reloading.lock();
        try {
            ConfigDifference difference = ConfigDifference.between(router.config(), next);
            listeners.change(difference.applied().listeners());
            ConfigDifference reloaded = router.reload(next);
            services.change(router.config());
            return reloaded;
        } finally {
            reloading.unlock();
        }
    }

    /** Returns the router. */
    public Router router() {
        return router;
    }

    /** Returns the open listeners in the order of the configuration, each with the port that is bound. */
    public List<Listener> listeners() {
        return listeners.all();
    }

    /**
     * Prepares for {@link #close()}. First {@code /health} answers 503 for the configured delay, while clients can still connect. Then
     * the listeners release their addresses, and the router ends each session when it has no open calls, or when the configured time is
     * over. In the rest of this time, webhooks deliver their queued events. Blocks until all of this is done.
     */
    public void drain() {
        ShutdownTimeouts times = router.config().drain();
        listeners.announceClosing();
        pause(times.delay());
        listeners.release();
        // Sockets that were accepted a moment ago are still served: their clients must not find a closed socket.
        for (int step = 0; step < OPENING_STEPS && listeners.hasUnusedSockets(); step++) {
            pause(OPENING_STEP);
        }
        services.announceClosing();
        long beginNanos = System.nanoTime();
        router.drain(times.patience());
        services.drain(times.patience().minusNanos(System.nanoTime() - beginNanos));
    }

    private static void pause(Duration time) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /**
     * Shuts down: the listeners accept no more connections; the router ends all sessions and waits up to 5 s for the
     * answers of their clients; then all connections close. Blocks at most that long. A second call does nothing.
     */
    @Override
    public void close() {
        listeners.stopAccepting();
        services.close();
        router.shutDown();
        listeners.close();
        router.close();
    }
}
