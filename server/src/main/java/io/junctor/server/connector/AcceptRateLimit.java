package io.junctor.server.connector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.turn.Timers;
import java.time.Duration;

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

    @GuardedBy("this")
    private boolean early;

    @GuardedBy("this")
    private boolean stopped;

    AcceptRateLimit(Timers timers, int perSecond, int maxSockets) {
        this.timers = timers;
        this.rate = new ConnectionRate(timers, perSecond);
        this.maxSockets = maxSockets;
    }

    /** Blocks until one more connection may be accepted, or the connector stops. */
    synchronized void awaitTurn() throws InterruptedException {
        while (sockets >= maxSockets && !stopped) {
            wait();
        }
        long earlyNanos = rate.takeTurn();
        if (earlyNanos > 0) {
            early = true;
            timers.after(Duration.ofNanos(earlyNanos), this::onTurn);
            while (early && !stopped) {
                wait();
            }
        }
    }

    /** Blocks until the connector stops. */
    synchronized void awaitStop() throws InterruptedException {
        while (!stopped) {
            wait();
        }
    }

    private synchronized void onTurn() {
        early = false;
        notifyAll();
    }

    /** Ends the wait of the accepting thread. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    synchronized void onOpened() {
        sockets++;
    }

    synchronized void onClosed() {
        sockets--;
        notifyAll();
    }
}
