package io.junctor.cluster.registry;

import io.junctor.cluster.membership.ExclusiveRight;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes the stored registry agree with the callees of this router. It waits as long as the other routers may have declared this router dead,
 * because another router may have taken over its procedures. Thread-safe.
 */
final class RegistryReconciler {
    private static final Duration CHECK = Duration.ofMillis(100);

    private final RegistryRestores restores;
    private final Timers timers;
    private final ExclusiveRight right;
    private final Runnable comparison;
    private final AtomicBoolean isWaiting = new AtomicBoolean();
    private volatile boolean isClosed;

    /** @param comparison compares all callees of this router with the stored registry */
    RegistryReconciler(Timers timers, ExclusiveRight right, RegistryRestores restores, Runnable comparison) {
        this.timers = timers;
        this.right = right;
        this.restores = restores;
        this.comparison = comparison;
    }

    /** Runs the comparison now, or when it is confirmed that the others have not declared this router dead. */
    void run() {
        if (right.isGranted()) {
            comparison.run();
        } else if (isWaiting.compareAndSet(false, true)) {
            timers.after(CHECK, this::runLater);
        }
    }

    private void runLater() {
        isWaiting.set(false);
        if (!isClosed) {
            run();
        }
    }

    /** Stores a callee of this router that is no longer stored. */
    void restore(RegistryTable.Own own) {
        if (right.isGranted()) {
            restores.restore(own);
        } else {
            run();
        }
    }

    void close() {
        isClosed = true;
    }
}
