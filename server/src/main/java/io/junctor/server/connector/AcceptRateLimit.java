package io.junctor.server.connector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Delays accepting while the rate of new sockets or the number of open sockets is at its limit. Meanwhile connections
 * wait in the operating system's queue, and none is refused. Only the accepting thread calls {@link #awaitTurn}; the
 * other methods are thread-safe.
 */
final class AcceptRateLimit {
    private static final long SECOND_NANOS = 1_000_000_000;

    /** How much earlier than at an even rate connections may be accepted. */
    private static final long BURST_NANOS = SECOND_NANOS / 10;

    private final Timers timers;
    private final long nanosEach;
    private final int maxSockets;

    /** When the last accepted connection was due at an even rate. Confined to the accepting thread, or guarded by {@link #takeTurn}. */
    private long evenNanos;

    @GuardedBy("this")
    private int sockets;

    AcceptRateLimit(Timers timers, int perSecond, int maxSockets) {
        this.timers = timers;
        this.nanosEach = SECOND_NANOS / perSecond;
        this.maxSockets = maxSockets;
        this.evenNanos = timers.nanos() - SECOND_NANOS;
    }

    /** Blocks until one more connection may be accepted. */
    void awaitTurn() throws InterruptedException {
        awaitRoom();
        long nowNanos = timers.nanos();
        if (evenNanos - nowNanos < 0) {
            evenNanos = nowNanos;
        }
        long earlyNanos = evenNanos - nowNanos - BURST_NANOS;
        if (earlyNanos > 0) {
            CountDownLatch due = new CountDownLatch(1);
            timers.after(Duration.ofNanos(earlyNanos), due::countDown);
            due.await();
        }
        evenNanos += nanosEach;
    }

    /** Takes a turn without waiting. Returns false if it does not come yet. */
    synchronized boolean takeTurn() {
        long nowNanos = timers.nanos();
        if (evenNanos - nowNanos < 0) {
            evenNanos = nowNanos;
        }
        if (evenNanos - nowNanos - BURST_NANOS > 0) {
            return false;
        }
        evenNanos += nanosEach;
        return true;
    }

    private synchronized void awaitRoom() throws InterruptedException {
        while (sockets >= maxSockets) {
            wait();
        }
    }

    synchronized void onOpened() {
        sockets++;
    }

    synchronized void onClosed() {
        sockets--;
        notifyAll();
    }
}
