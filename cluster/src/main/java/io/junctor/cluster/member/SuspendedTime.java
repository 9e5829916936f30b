package io.junctor.cluster.member;

import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;

/**
 * Measures for how long a router that has joined its cluster suspended the work that only one router at a time may do. Checks twice a second.
 * Thread-safe.
 */
final class SuspendedTime {
    /** The reason why the router suspended the work. */
    enum Reason {
        /** There was no connection to the other routers. */
        UNCONNECTED,
        /** There was a connection, but it was not yet confirmed that the other routers have not declared this router dead. */
        UNCONFIRMED
    }

    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Timers timers;
    private final BooleanSupplier isGranted;
    private final BooleanSupplier isConnected;
    /** The suspended time for each reason, by the ordinal of the reason. */
    private final AtomicLongArray nanos = new AtomicLongArray(Reason.values().length);

    private final Timers.Timer looking;
    /** Guarded by this, as is the next field. */
    private boolean hasBegun;

    private long lookedNanos;

    /** Starts the measurement. Time counts from the first time that {@code isGranted} is true. */
    SuspendedTime(Timers timers, BooleanSupplier isGranted, BooleanSupplier isConnected) {
        this.timers = timers;
        this.isGranted = isGranted;
        this.isConnected = isConnected;
        this.looking = timers.every(PERIOD, this::look);
    }

    /** For how many seconds the work was suspended for a reason. */
    long seconds(Reason reason) {
        return nanos.get(reason.ordinal()) / NANOS_PER_SECOND;
    }

    void stop() {
        looking.cancel();
    }

    private synchronized void look() {
        long nowNanos = timers.nanos();
        boolean isHeld = isGranted.getAsBoolean();
        if (hasBegun && !isHeld) {
            Reason reason = isConnected.getAsBoolean() ? Reason.UNCONFIRMED : Reason.UNCONNECTED;
            nanos.addAndGet(reason.ordinal(), nowNanos - lookedNanos);
        }
        hasBegun |= isHeld;
        lookedNanos = nowNanos;
    }
}
