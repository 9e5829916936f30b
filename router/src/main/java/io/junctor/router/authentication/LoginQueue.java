package io.junctor.router.authentication;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Safe for use by many threads. The steps of authentication that are under way: only so many run at a time, in all and of one address. The
 * others wait, so many of one address and in all, and the addresses take turns. So who sends many attempts at once waits for its own
 * attempts, and others hardly for them.
 */
public final class LoginQueue {
    /**
     * Immutable. How many steps run and wait.
     *
     * @param running the most that run at a time
     * @param runningOfAddress the most of them of one address
     * @param waiting the most that wait
     * @param waitingOfAddress the most of them of one address
     */
    record Bounds(int running, int runningOfAddress, int waiting, int waitingOfAddress) {}

    private record Step(BooleanSupplier isWanted, Runnable work) {}

    /** What one address has under way; guarded by the lock of the attempts. */
    private static final class Share {
        private final String address;
        private final ArrayDeque<Step> waiting = new ArrayDeque<>(1);
        private int running;
        private boolean inTurn;

        private Share(String address) {
            this.address = address;
        }
    }

    private final Bounds bounds;
    private final Executor workers;

    @GuardedBy("this")
    private final Map<String, Share> byAddress = new HashMap<>();

    /** Those that may begin a step, in the order in which they may. */
    @GuardedBy("this")
    private final ArrayDeque<Share> turns = new ArrayDeque<>();

    @GuardedBy("this")
    private int running;

    @GuardedBy("this")
    private int waiting;

    /** Nothing is under way; {@code workers} run the steps. */
    LoginQueue(Bounds bounds, Executor workers) {
        this.bounds = bounds;
        this.workers = workers;
    }

    /**
     * Has a worker do {@code work} now or later, unless {@code isWanted} says then that it is of no use any more; false where too much
     * waits already, then nothing is done.
     */
    public boolean submit(String address, BooleanSupplier isWanted, Runnable work) {
        List<Runnable> ready;
        synchronized (this) {
            Share share = byAddress.computeIfAbsent(address, Share::new);
            if (waiting >= bounds.waiting || share.waiting.size() >= bounds.waitingOfAddress) {
                forgetIfIdle(share);
                return false;
            }
            share.waiting.add(new Step(isWanted, work));
            waiting++;
            giveTurn(share);
            ready = takeReady();
        }
        ready.forEach(workers::execute);
        return true;
    }

    /** How many wait. */
    synchronized int waiting() {
        return waiting;
    }

    @GuardedBy("this")
    private void giveTurn(Share share) {
        if (!share.inTurn && !share.waiting.isEmpty() && share.running < bounds.runningOfAddress) {
            share.inTurn = true;
            turns.add(share);
        }
    }

    /** What may begin now. */
    @GuardedBy("this")
    private List<Runnable> takeReady() {
        List<Runnable> ready = new ArrayList<>(1);
        while (running < bounds.running && !turns.isEmpty()) {
            Share share = turns.remove();
            Step step = share.waiting.remove();
            share.inTurn = false;
            share.running++;
            running++;
            waiting--;
            giveTurn(share);
            ready.add(() -> run(share, step));
        }
        return ready;
    }

    private void run(Share share, Step step) {
        try {
            if (step.isWanted.getAsBoolean()) {
                step.work.run();
            }
        } finally {
            onDone(share).forEach(workers::execute);
        }
    }

    private synchronized List<Runnable> onDone(Share share) {
        running--;
        share.running--;
        giveTurn(share);
        forgetIfIdle(share);
        return takeReady();
    }

    @GuardedBy("this")
    private void forgetIfIdle(Share share) {
        if (share.running == 0 && share.waiting.isEmpty()) {
            byAddress.remove(share.address);
        }
    }
}
