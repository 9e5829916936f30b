package io.junctor.server.connector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Asked by the one thread that accepts, told of sockets by any. Holds accepting back, so that connections wait in the
 * operating system's queue and none is refused: while more came than allowed per second, and while there are too many.
 */
final class AcceptRateLimit {
    private static final long SECOND_NANOS = 1_000_000_000;

    /** How far connections may come in a burst. */
    private static final long BURST_NANOS = SECOND_NANOS / 10;

    private final Timers timers;
    private final long nanosEach;
    private final int mostSockets;

    /** When the connections so far would have come at an even pace; of the accepting thread. */
    private long evenNanos;

    @GuardedBy("this")
    private int sockets;

    AcceptRateLimit(Timers timers, int perSecond, int mostSockets) {
        this.timers = timers;
        this.nanosEach = SECOND_NANOS / perSecond;
        this.mostSockets = mostSockets;
        this.evenNanos = timers.nanos() - SECOND_NANOS;
    }

    /** Returns when one more connection may be accepted. */
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

    private synchronized void awaitRoom() throws InterruptedException {
        while (sockets >= mostSockets) {
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
