package io.junctor.cluster.realm;

import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The right of this router to hand out what only one router may. Requests wait while it is lost; of those that come later than 5 seconds after
 * the first one, none waits any more. Thread-safe.
 */
final class ExclusiveRight {
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final Duration CHECK = Duration.ofMillis(50);

    private record Request(Runnable action, Runnable otherwise) {}

    private final Timers timers;
    private final BooleanSupplier isGranted;
    /** Guarded by this, as the time. */
    private final List<Request> waiting = new ArrayList<>();

    private long lostSinceNanos;
    /** Whether a request has found the right lost, and those that wait have not been run yet. Written by the holder of the lock. */
    private volatile boolean isLost;

    /** @param isGranted whether the router has the right now */
    ExclusiveRight(Timers timers, BooleanSupplier isGranted) {
        this.timers = timers;
        this.isGranted = isGranted;
    }

    /** Whether the router has the right, and no request waits for it. */
    boolean isHeld() {
        return !isLost && isGranted.getAsBoolean();
    }

    /** Whether the router has the right, also if requests still wait for it. */
    boolean isGranted() {
        return isGranted.getAsBoolean();
    }

    /** Runs one of both, now or later, on any thread. */
    void whenHeld(Runnable action, Runnable otherwise) {
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

    /** What is to be run now; the right is held again when nothing is left of what waited. */
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
