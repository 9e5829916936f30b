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
    private final Timers timers;
    private final ConnectionRate rate;
    private final int maxSockets;

    @GuardedBy("this")
    private int sockets;

    AcceptRateLimit(Timers timers, int perSecond, int maxSockets) {
        this.timers = timers;
        this.rate = new ConnectionRate(timers, perSecond);
        this.maxSockets = maxSockets;
    }

    /** Blocks until one more connection may be accepted. */
    void awaitTurn() throws InterruptedException {
        awaitRoom();
        long earlyNanos = rate.takeTurn();
        if (earlyNanos > 0) {
            CountDownLatch due = new CountDownLatch(1);
            timers.after(Duration.ofNanos(earlyNanos), due::countDown);
            due.await();
        }
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
