package io.junctor.client;

import io.junctor.router.Router;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.server.ConnectionLimit;
import io.junctor.router.server.Exchange;
import io.junctor.router.server.ListenFailure;
import io.junctor.router.server.Listening;
import io.junctor.router.server.WebSocketServer;
import io.junctor.router.turn.SystemTimers;
import io.junctor.router.turn.Workers;
import java.util.List;

/** Owned by one test. The real router on a free port, with the open realm {@code realm1}. */
final class LiveRouter implements AutoCloseable {
    private final Router router;
    private final Workers workers = new Workers();
    private final SystemTimers timers = new SystemTimers(workers);
    private final Listening listening;

    LiveRouter() {
        ListenerConfig listener = ListenerConfig.of("127.0.0.1", 0);
        router = Router.open(
                new RouterConfig(List.of(listener), List.of(RealmConfig.open("realm1")), RouterLimits.DEFAULT));
        try {
            listening = WebSocketServer.bind(
                    listener, new Exchange(router, router.counters(), timers, new ConnectionLimit(100), List.of()));
        } catch (ListenFailure failure) {
            throw new AssertionError(failure);
        }
    }

    String uri() {
        return listening.uri().toString();
    }

    int connections() {
        return router.connections();
    }

    /** Says goodbye to all. */
    void shutDown() {
        router.close();
    }

    /** Cuts all connections without a word. */
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
