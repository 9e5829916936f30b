package io.junctor.cluster.memory;

import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** A link in one direction: deliveries run in the order in which they were sent, after the delay that the faults say. Thread-safe. */
final class Link {
    private final Timers timers;
    private final Faults faults;
    private final Executor receiving;
    private final Queue<Runnable> underWay = new ArrayDeque<>();
    private long lastArrivalNanos = Long.MIN_VALUE;

    /** Creates a link whose deliveries run on {@code receiving}. */
    Link(Timers timers, Faults faults, Executor receiving) {
        this.timers = timers;
        this.faults = faults;
        this.receiving = receiving;
    }

    void send(Runnable delivery) {
        synchronized (this) {
            long nowNanos = timers.nanos();
            long arrivalNanos = nowNanos + faults.delay().toNanos();
            if (!underWay.isEmpty()) {
                arrivalNanos = Math.max(arrivalNanos, lastArrivalNanos);
            } else if (arrivalNanos == nowNanos) {
                receiving.execute(delivery);
                return;
            }
            lastArrivalNanos = arrivalNanos;
            underWay.add(delivery);
            timers.after(Duration.ofNanos(arrivalNanos - nowNanos), this::arrive);
        }
    }

    /** Runs the next delivery, whichever timer has expired: timers may expire in another order than they were set, but messages keep their order. */
    private void arrive() {
        synchronized (this) {
            receiving.execute(underWay.remove());
        }
    }
}
