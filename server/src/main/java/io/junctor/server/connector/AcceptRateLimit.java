package io.junctor.server.connector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Limits how fast a listener accepts sockets and how many are open. At a limit, new connections wait in the operating system's queue,
 * and none is refused. Only the accepting thread calls {@link #awaitTurn}; the other methods are thread-safe.
 */
final class AcceptRateLimit {
    private final Timers timers;
    private final ConnectionPacer rate;
    private final IntSupplier maxSockets;

    @GuardedBy("this")
    private int sockets;

    @GuardedBy("this")
    private boolean early;

    @GuardedBy("this")
    private boolean accepting;

    @GuardedBy("this")
    private boolean released;

    @GuardedBy("this")
    private boolean stopped;

    /** Creates a limit of {@code perSecond} new sockets and {@code maxSockets} open ones; call {@link #recheck} when the latter changes. */
    AcceptRateLimit(Timers timers, int perSecond, IntSupplier maxSockets) {
        this.timers = timers;
        this.rate = new ConnectionPacer(timers, perSecond);
        this.maxSockets = maxSockets;
    }

    /** Blocks until one more connection may be accepted, or the connector stops. */
    synchronized void awaitTurn() throws InterruptedException {
        while ((isFull() || released) && !stopped) {
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

    /** Whether a socket must close before the next connection is accepted. */
    synchronized boolean isFull() {
        return sockets >= maxSockets.getAsInt();
    }

    /** Checks again whether more sockets may be open. */
    synchronized void recheck() {
        notifyAll();
    }

    /** Notes that the accepting thread is about to ask the operating system for a connection. */
    synchronized void beginAccept() {
        accepting = true;
    }

    /** Notes that the accepting thread has returned from the operating system. */
    synchronized void endAccept() {
        accepting = false;
        notifyAll();
    }

    /** Blocks until the accepting thread has returned: until then, the operating system keeps a closed address in use. */
    synchronized void awaitAccepted() {
        try {
            while (accepting) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void onTurn() {
        early = false;
        notifyAll();
    }

    /** Lets the accepting thread accept no more connections. */
    synchronized void release() {
        released = true;
    }

    synchronized boolean isReleased() {
        return released;
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
