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
 * Stores again what a store has lost that was emptied or made anew: the events that the realm of this router retains. All routers have them, so
 * they begin one after the other, and each stores what is still missing, a few events at a time. Thread-safe.
 */
final class RetainedRefill {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedRefill.class);
    /** Before the first router begins. */
    private static final Duration FIRST = Duration.ofSeconds(1);
    /** Before the next router does. */
    private static final Duration NEXT = Duration.ofSeconds(10);
    /** Those behind begin together with this one. */
    private static final int LAST = 3;

    private static final int BATCH = 64;

    /** What stores events. */
    interface Target {
        /** Whether the store has no event of this topic that is as new, as far as this router knows. */
        boolean lacks(SharedEvent event);

        /** Stores an event; fails if the store did not take it. */
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

    RetainedRefill(Engine engine, Timers timers, String realm, RealmPort port, Target target) {
        this.engine = engine;
        this.timers = timers;
        this.realm = realm;
        this.port = port;
        this.target = target;
    }

    /** The store has lost something. */
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
            // What is lost from now on is looked for again.
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
