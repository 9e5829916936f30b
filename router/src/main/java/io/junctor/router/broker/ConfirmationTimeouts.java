package io.junctor.router.broker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fails confirmations of publications that do not come within 10 to 11 seconds. All share one timer, because nearly all come within
 * milliseconds. Thread-safe.
 */
final class ConfirmationTimeouts {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private record Waiting(CompletableFuture<Void> confirmation, long sinceNanos) {}

    private final Timers timers;
    /** The oldest is the first. It may contain confirmations that have come, behind one that has not. */
    @GuardedBy("this")
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private Timers.@Nullable Timer timer;

    ConfirmationTimeouts(Timers timers) {
        this.timers = timers;
    }

    /** Fails {@code confirmation} with a {@link TimeoutException} if it does not come in time. */
    synchronized void limit(CompletableFuture<Void> confirmation) {
        removeDone();
        waiting.add(new Waiting(confirmation, timers.nanos()));
        if (timer == null) {
            timer = timers.every(PERIOD, this::failExpired);
        }
    }

    /** Not in the monitor, because what a confirmation has to do may take the realm's turn. */
    private void failExpired() {
        TimeoutException late = new TimeoutException("no answer within " + LIMIT.toSeconds() + " s");
        removeExpired().forEach(each -> each.confirmation.completeExceptionally(late));
    }

    private synchronized List<Waiting> removeExpired() {
        List<Waiting> expired = new ArrayList<>();
        long now = timers.nanos();
        removeDone();
        while (!waiting.isEmpty() && now - waiting.element().sinceNanos >= LIMIT.toNanos()) {
            expired.add(waiting.remove());
            removeDone();
        }
        if (waiting.isEmpty() && timer != null) {
            timer.cancel();
            timer = null;
        }
        return expired;
    }

    @GuardedBy("this")
    private void removeDone() {
        while (!waiting.isEmpty() && waiting.element().confirmation.isDone()) {
            waiting.remove();
        }
    }
}
