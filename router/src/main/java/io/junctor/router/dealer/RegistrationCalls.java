package io.junctor.router.dealer;

import io.junctor.router.turn.InTurn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one registration: the queue of calls for which no callee is free, in order of arrival; the number of open calls; and the
 * total number, the errors and the durations of all calls. Confined to the realm's turn.
 */
final class RegistrationCalls {
    private static final int ALL_TIMED = 64;
    private static final int TIMED = 16;

    /** The queue of waiting calls; null while no call waits. */
    private @Nullable Set<PendingCall> waiting;

    /** The number of open invocations of all callees, including removed callees. */
    long open;
    /** The {@link Callee#order} of the callee that round-robin selected last. */
    long lastChosen;

    long begun;
    long errors;
    /** The durations of measured calls; null before the first such call. */
    private @Nullable CallDurations durations;

    /** Counts a call that begins. Returns whether to measure its duration: the first calls are measured, and every 16th later call. */
    @InTurn
    boolean begin() {
        begun++;
        return begun <= ALL_TIMED || begun % TIMED == 0;
    }

    /** Adds the duration of a call that was answered. */
    @InTurn
    void timed(long nanos) {
        if (durations == null) {
            durations = new CallDurations();
        }
        durations.add(nanos);
    }

    /** Returns {@link CallDurations#quantileMillis}, or null before the first duration. */
    @InTurn
    @Nullable
    Double quantileMillis(double quantile) {
        return durations == null ? null : durations.quantileMillis(quantile);
    }

    // ---- The queue.

    @InTurn
    boolean hasWaiting() {
        return waiting != null;
    }

    @InTurn
    int waitingCount() {
        return waiting == null ? 0 : waiting.size();
    }

    /** Adds a call to the queue. */
    @InTurn
    void await(PendingCall call) {
        if (waiting == null) {
            waiting = new LinkedHashSet<>();
        }
        waiting.add(call);
    }

    /** Removes a call from the queue. */
    @InTurn
    void withdraw(PendingCall call) {
        if (waiting != null && waiting.remove(call) && waiting.isEmpty()) {
            waiting = null;
        }
    }

    /** The first waiting call that may go to {@code callee}, or null. */
    @InTurn
    @Nullable
    PendingCall firstFor(Callee callee) {
        if (waiting != null) {
            for (PendingCall call : waiting) {
                if (call.mayGoTo(callee)) {
                    return call;
                }
            }
        }
        return null;
    }

    /** A copy of the queue, in order. */
    @InTurn
    List<PendingCall> waiting() {
        return waiting == null ? List.of() : new ArrayList<>(waiting);
    }
}
