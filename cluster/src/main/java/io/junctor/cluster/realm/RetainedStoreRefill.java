package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.RouterId;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the retained events of this router's realm again, after the store has lost events because it was emptied or created anew. All routers
 * retain these events, so the routers begin one after the other, and each stores the events that are still missing, a few at a time.
 * Thread-safe.
 */
final class RetainedStoreRefill {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedStoreRefill.class);
    /** The time before the first router begins. */
    private static final Duration FIRST = Duration.ofSeconds(1);
    /** The time between the beginnings of two routers. */
    private static final Duration NEXT = Duration.ofSeconds(10);
    /** All routers that have at least this many routers before them begin together. */
    private static final int LAST = 3;

    private static final int BATCH = 64;

    /** The store to which the events are written. */
    interface Target {
        /** Whether the store lacks this event and each later event of its topic, as far as this router knows. */
        boolean lacks(SharedEvent event);

        /** Stores an event; the stage fails if the store did not accept it. */
        CompletionStage<Void> store(SharedEvent event);
    }

    private final Engine engine;
    private final Timers timers;
    private final String realm;
    private final RealmPort port;
    private final Target target;
    /** Guarded by this. */
    private boolean isUnderWay;

    private volatile boolean isClosed;

    RetainedStoreRefill(Engine engine, Timers timers, String realm, RealmPort port, Target target) {
        this.engine = engine;
        this.timers = timers;
        this.realm = realm;
        this.port = port;
        this.target = target;
    }

    /** Begins after some time to store events, because the store has lost some. */
    void onLoss() {
        synchronized (this) {
            if (isUnderWay || isClosed) {
                return;
            }
            isUnderWay = true;
        }
        Duration turn = NEXT.multipliedBy(Math.min(LAST, routersBefore()));
        timers.after(FIRST.plus(turn), this::look);
    }

    void close() {
        isClosed = true;
    }

    /** How many routers begin before this one. */
    private long routersBefore() {
        RouterId own = engine.router();
        return engine.peers().stream()
                .filter(peer -> Long.compareUnsigned(peer.value(), own.value()) < 0)
                .count();
    }

    private void look() {
        Queue<SharedEvent> missing = new ArrayDeque<>();
        synchronized (this) {
            // A loss from now on starts another search for missing events.
            isUnderWay = false;
        }
        if (!isClosed) {
            port.tellRetained(
                    event -> {
                        if (target.lacks(event)) {
                            missing.add(event);
                        }
                    },
                    () -> timers.after(Duration.ZERO, () -> begin(missing)));
        }
    }

    private void begin(Queue<SharedEvent> missing) {
        if (!missing.isEmpty()) {
            LOG.warn(
                    "realm {}: the store has lost retained events; this router stores {} of them again",
                    realm,
                    missing.size());
        }
        storeNext(missing);
    }

    private void storeNext(Queue<SharedEvent> missing) {
        List<CompletionStage<Void>> batch = new ArrayList<>();
        while (!isClosed && batch.size() < BATCH && !missing.isEmpty()) {
            SharedEvent event = missing.remove();
            if (target.lacks(event)) {
                batch.add(target.store(event));
            }
        }
        if (!batch.isEmpty()) {
            CompletableFuture<?>[] stored =
                    batch.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
            var unused = CompletableFuture.allOf(stored).whenComplete((done, failure) -> storeNext(missing));
        }
    }
}
