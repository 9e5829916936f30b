package io.junctor.cluster.membership;

import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The right of this router to do the work that only one router at a time may do. While the right is lost, requests wait, until 5 seconds after
 * the first of them; later requests do not wait and run their alternative at once. Thread-safe.
 */
public final class ExclusiveRight {
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final Duration CHECK = Duration.ofMillis(50);

    private record Request(Runnable action, Runnable otherwise) {}

    private final Timers timers;
    private final BooleanSupplier isGranted;
    /** Guarded by this, as is the next field. */
    private final List<Request> waiting = new ArrayList<>();

    private long lostSinceNanos;
    /** Whether a request has found the right lost, and the waiting requests have not run yet. Written by the thread that holds the lock. */
    private volatile boolean isLost;

    /** @param isGranted whether the router has the right now */
    public ExclusiveRight(Timers timers, BooleanSupplier isGranted) {
        this.timers = timers;
        this.isGranted = isGranted;
    }

    /** Whether the router has the right, and no request waits for it. */
    public boolean isHeld() {
        return !isLost && isGranted.getAsBoolean();
    }

    /** Whether the router has the right, also if requests still wait for it. */
    public boolean isGranted() {
        return isGranted.getAsBoolean();
    }

    /** Runs {@code action} when the router has the right, or {@code otherwise} if it does not have it in time; now or later, on any thread. */
    public void whenHeld(Runnable action, Runnable otherwise) {
        Runnable outcome = decide(new Request(action, otherwise));
        outcome.run();
    }

    private synchronized Runnable decide(Request request) {
        boolean isHeld = isGranted.getAsBoolean();
        if (!isLost && isHeld) {
            return request.action;
        }
        if (!isLost) {
            isLost = true;
            lostSinceNanos = timers.nanos();
            checkLater();
        }
        if (!isHeld && isPatienceOver()) {
            return request.otherwise;
        }
        waiting.add(request);
        return () -> {};
    }

    private boolean isPatienceOver() {
        return timers.nanos() - lostSinceNanos >= PATIENCE_NANOS;
    }

    private void checkLater() {
        timers.after(CHECK, this::check);
    }

    private void check() {
        for (List<Runnable> due = due(); !due.isEmpty(); due = due()) {
            due.forEach(Runnable::run);
        }
    }

    /** Removes and returns the actions that are to run now. The right counts as held again when no request waits any more. */
    private synchronized List<Runnable> due() {
        boolean isHeld = isGranted.getAsBoolean();
        List<Runnable> due = List.of();
        if (isHeld || isPatienceOver()) {
            due = waiting.stream()
                    .map(request -> isHeld ? request.action : request.otherwise)
                    .toList();
            waiting.clear();
        }
        if (isHeld && due.isEmpty()) {
            isLost = false;
        } else if (due.isEmpty()) {
            checkLater();
        }
        return due;
    }
}
