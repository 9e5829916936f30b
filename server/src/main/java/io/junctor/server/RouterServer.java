package io.junctor.server;

import io.junctor.router.Router;
import io.junctor.router.config.ConfigDifference;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.connection.TransportContext;
import java.util.ArrayList;
import java.util.List;
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
    private final Router router;
    private final List<Listener> listeners;

    private RouterServer(Router router, List<Listener> listeners) {
        this.router = router;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Opens a router and the listeners of its configuration.
     *
     * @throws ListenFailure if one of the listeners cannot be opened; then no listener is open and the router is closed
     */
    public static RouterServer start(RouterConfig config) throws ListenFailure {
        Router router = Router.open(config);
        try {
            return serve(router);
        } catch (ListenFailure failure) {
            router.close();
            throw failure;
        }
    }

    /**
     * Opens the listeners of the configuration of {@code router}. From then on {@link #close()} closes the router too.
     *
     * @throws ListenFailure if one of the listeners cannot be opened; then no listener is open, and the router stays
     *     open
     */
    public static RouterServer serve(Router router) throws ListenFailure {
        TransportContext context = router.transportContext();
        List<ListenerConfig> configured = router.config().listeners();
        refuseIf(context.limit().problem());
        refuseIf(ThreadReserve.problem(ThreadReserve.threads(configured.size())));
        ThreadReserve.startVirtualThreads();
        List<String> realms = router.config().all().map(RealmConfig::name).toList();
        List<Listener> opened = new ArrayList<>();
        try {
            for (ListenerConfig listener : configured) {
                opened.add(ListenerBinding.bind(listener, context, realms));
            }
        } catch (ListenFailure failure) {
            opened.forEach(Listener::close);
            throw failure.ofListener(opened.size() + 1, configured.size());
        }
        return new RouterServer(router, opened);
    }

    private static void refuseIf(@Nullable String problem) throws ListenFailure {
        if (problem != null) {
            throw new ListenFailure("Cannot listen: " + problem + ".");
        }
    }

    /**
     * Replaces the configuration of the router while it runs, as {@link Router#reload} describes.
     *
     * @return what has changed, and what needs a restart
     * @throws IllegalStateException if the router is shut down
     */
    public ConfigDifference reload(RouterConfig next) {
        return router.reload(next);
    }

    /** The router. */
    public Router router() {
        return router;
    }

    /** The open listeners in the order of the configuration, each with the port that it is bound to. */
    public List<Listener> listeners() {
        return listeners;
    }

    /**
     * Shuts down: the listeners accept no more connections, the router ends all sessions and waits up to 5 s for their
     * answers, then all connections are closed. Blocks that long at most. Does nothing the second time.
     */
    @Override
    public void close() {
        listeners.forEach(Listener::stopAccepting);
        router.shutDown();
        listeners.forEach(Listener::close);
        router.close();
    }
}
