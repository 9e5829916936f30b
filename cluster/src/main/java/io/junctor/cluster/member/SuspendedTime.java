package io.junctor.cluster.member;

import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;

/**
 * Measures for how long a router that has joined its cluster suspended what only one router at a time may do. Looks twice a second.
 * Thread-safe.
 */
final class SuspendedTime {
    /** Why the router could not. */
    enum Reason {
        /** There was no connection to the others. */
        UNCONNECTED,
        /** There was a connection, but the others had not yet shown that they do not take the router for dead. */
        UNCONFIRMED
    }

    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Timers timers;
    private final BooleanSupplier isGranted;
    private final BooleanSupplier isConnected;
    /** By the ordinal of the reason. */
    private final AtomicLongArray nanos = new AtomicLongArray(Reason.values().length);

    private final Timers.Timer looking;
    /** Guarded by this, as the next one. */
    private boolean hasBegun;

    private long lookedNanos;

    /** Measures from the first time that {@code isGranted} holds. */
    SuspendedTime(Timers timers, BooleanSupplier isGranted, BooleanSupplier isConnected) {
        this.timers = timers;
        this.isGranted = isGranted;
        this.isConnected = isConnected;
        this.looking = timers.every(PERIOD, this::look);
    }

    /** Seconds since the start. */
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
