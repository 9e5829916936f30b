package io.junctor.cluster.realm;

import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Brings what is stored in line with the callees of this router. As long as the others may take this router for dead, it waits: another router
 * may have the procedures by then. Thread-safe.
 */
final class RegistryReconciler {
    private static final Duration CHECK = Duration.ofMillis(100);

    private final RegistryClaims claims;
    private final Timers timers;
    private final ExclusiveRight right;
    private final Runnable comparison;
    private final AtomicBoolean isWaiting = new AtomicBoolean();
    private volatile boolean isClosed;

    /** @param comparison compares all that this router has with what is stored */
    RegistryReconciler(Timers timers, ExclusiveRight right, RegistryClaims claims, Runnable comparison) {
        this.timers = timers;
        this.right = right;
        this.claims = claims;
        this.comparison = comparison;
    }

    /** Compares everything, now or when the others are known to trust this router. */
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

    /** A callee of this router is no longer stored: stores it anew. */
    void restore(RegistryTable.Own own) {
        if (right.isGranted()) {
            claims.restore(own);
        } else {
            run();
        }
    }

    void close() {
        isClosed = true;
    }
}
