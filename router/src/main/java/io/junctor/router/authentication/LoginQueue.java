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
 * Limits how many authentication steps run and wait, in total and per address. Addresses take turns, so an address with many attempts
 * delays its own attempts, but hardly the attempts of other addresses. Thread-safe.
 */
public final class LoginQueue {
    /**
     * The limits of a queue.
     *
     * @param running how many steps run at a time
     * @param runningOfAddress how many of them are of one address
     * @param waiting how many steps wait
     * @param waitingOfAddress how many of them are of one address
     */
    record Bounds(int running, int runningOfAddress, int waiting, int waitingOfAddress) {}

    private record Step(BooleanSupplier isWanted, Runnable work) {}

    /** The steps of one address; guarded by the lock of the queue. */
    private static final class AddressShare {
        private final String address;
        private final ArrayDeque<Step> waiting = new ArrayDeque<>(1);
        private int running;
        private boolean inTurn;

        private AddressShare(String address) {
            this.address = address;
        }
    }

    private final Bounds bounds;
    private final Executor workers;

    @GuardedBy("this")
    private final Map<String, AddressShare> byAddress = new HashMap<>();

    /** The addresses that may start a step, in order. */
    @GuardedBy("this")
    private final ArrayDeque<AddressShare> turns = new ArrayDeque<>();

    @GuardedBy("this")
    private int running;

    @GuardedBy("this")
    private int waiting;

    /** An empty queue; {@code workers} run the steps. */
    LoginQueue(Bounds bounds, Executor workers) {
        this.bounds = bounds;
        this.workers = workers;
    }

    /**
     * Runs {@code work} on a worker when its turn has come, unless {@code isWanted} then returns false. Returns false without queueing
     * {@code work} if too many steps wait.
     */
    public boolean submit(String address, BooleanSupplier isWanted, Runnable work) {
        List<Runnable> ready;
        synchronized (this) {
            AddressShare share = byAddress.computeIfAbsent(address, AddressShare::new);
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

    /** The number of steps that wait. */
    synchronized int waiting() {
        return waiting;
    }

    @GuardedBy("this")
    private void giveTurn(AddressShare share) {
        if (!share.inTurn && !share.waiting.isEmpty() && share.running < bounds.runningOfAddress) {
            share.inTurn = true;
            turns.add(share);
        }
    }

    /** Takes the next step that may start, or null. */
    @GuardedBy("this")
    private List<Runnable> takeReady() {
        List<Runnable> ready = new ArrayList<>(1);
        while (running < bounds.running && !turns.isEmpty()) {
            AddressShare share = turns.remove();
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

    private void run(AddressShare share, Step step) {
        try {
            if (step.isWanted.getAsBoolean()) {
                step.work.run();
            }
        } finally {
            onDone(share).forEach(workers::execute);
        }
    }

    private synchronized List<Runnable> onDone(AddressShare share) {
        running--;
        share.running--;
        giveTurn(share);
        forgetIfIdle(share);
        return takeReady();
    }

    @GuardedBy("this")
    private void forgetIfIdle(AddressShare share) {
        if (share.running == 0 && share.waiting.isEmpty()) {
            byAddress.remove(share.address);
        }
    }
}
