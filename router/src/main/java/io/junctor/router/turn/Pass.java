package io.junctor.router.turn;

import io.junctor.router.turn.Turnstile.Operation;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The work of a thread for one external event: a readable socket, a timer, or a call in the process. The operations of a pass run in
 * batches, several in one turn. The outboxes that a pass filled are flushed once, when the outermost pass closes and the thread holds
 * neither a turn nor a lock. Confined to its thread.
 *
 * <pre>{@code
 * try (Pass pass = Pass.open()) {
 *     receiver.onMessage(message);
 * }
 * }</pre>
 */
public final class Pass implements AutoCloseable {
    private static final ThreadLocal<Pass> CURRENT = ThreadLocal.withInitial(Pass::new);

    /** The maximum number of operations of a batch. It is limited because other threads wait for the turn meanwhile. */
    static final int BATCH_OPERATIONS = 16;
    /** The number of bytes at which a batch runs at once. */
    static final int BATCH_BYTES = 1 << 16;

    /** The maximum number of flushes that one thread runs itself. If there are more, a flush that was added with an executor (its home) runs on
     * that executor, unless this thread belongs to it. */
    static final int OWN_SHARE = 64;

    /** The number of steps after which a pass should end, which take a few milliseconds. A delivery to one receiver is a step. */
    static final int STEPS = 10_000;

    private final ArrayList<Runnable> dirty = new ArrayList<>();
    /** The home of each flush of {@code dirty}; null if any thread may run it. */
    private final ArrayList<@Nullable Executor> homes = new ArrayList<>();

    // The batch: a linked list of operations of one turnstile, which run in one turn. Taking a contended turn has a
    // fixed cost, so a batch takes the turn only once.
    private @Nullable Turnstile turnstile;
    private @Nullable Operation first;
    private @Nullable Operation last;
    private int batchOperations;
    private long batchBytes;

    private int depth;
    private int stepsLeft = STEPS;
    /** The home of this thread during this pass, or null. */
    private @Nullable Executor here;

    private Pass() {}

    /** Opens a pass of this thread, or nests one in its open pass. */
    public static Pass open() {
        Pass pass = CURRENT.get();
        pass.depth++;
        return pass;
    }

    /** Opens a pass as {@link #open()}, on the thread of {@code home}: flushes of that home stay with it. */
    public static Pass openAt(Executor home) {
        Pass pass = open();
        pass.here = home;
        return pass;
    }

    /** The open pass of this thread. */
    public static Pass current() {
        Pass pass = CURRENT.get();
        assert pass.depth > 0 : "outside of a pass";
        return pass;
    }

    /** Counts {@code steps} that this pass has done, for example the number of receivers of a publication. */
    public void spend(int steps) {
        stepsLeft -= steps;
    }

    /** The number of steps that are left until the pass should end. */
    int stepsLeft() {
        return stepsLeft;
    }

    /** Whether this pass has done all its steps and should end soon, so that the thread can flush outboxes and serve other connections. */
    public boolean isSpent() {
        return stepsLeft <= 0;
    }

    /** Runs {@code task} in a pass of this thread, or in its open pass. */
    public static void run(Runnable task) {
        try (Pass pass = open()) {
            task.run();
        }
    }

    /** The pass of the calling thread, open or not. */
    static Pass ofThread() {
        return CURRENT.get();
    }

    /** Runs {@code operation} in the turn of {@code target} when the batch is full, or when the outermost pass ends. */
    void collect(Turnstile target, Operation operation) {
        if (turnstile != target) {
            settle();
            turnstile = target;
        }
        if (last == null) {
            first = operation;
        } else {
            last.next = operation;
        }
        last = operation;
        batchOperations++;
        batchBytes += operation.bytes;
        if (batchOperations == BATCH_OPERATIONS || batchBytes >= BATCH_BYTES) {
            settle();
        }
    }

    /** Runs the batch of this thread, because the caller submits an operation that must run after the batch. */
    static void runCollected() {
        CURRENT.get().settle();
    }

    /**
     * Runs the operations of the batch. A thread must call it before it lets another thread read from a connection: the
     * operations of a session must not wait in two passes.
     */
    public void settle() {
        Operation operations = first;
        Turnstile target = turnstile;
        if (operations != null && target != null) {
            // The batch is empty before it runs, because operations may be collected meanwhile. The fields are cleared
            // because the thread lives longer than the realm and must not keep the realm in memory.
            turnstile = null;
            first = null;
            last = null;
            batchOperations = 0;
            batchBytes = 0;
            target.runAll(operations);
        }
    }

    /** Whether the batch is empty. */
    public boolean isSettled() {
        return first == null;
    }

    /** Runs the operations of the batch, unless this pass is nested; then the outermost pass runs them. */
    public void settleIfOutermost() {
        if (depth == 1) {
            settle();
        }
    }

    /** Runs {@code flush} when the outermost pass ends. The caller adds it only once. */
    public void atEnd(Runnable flush) {
        dirty.add(flush);
        homes.add(null);
    }

    /**
     * Runs {@code flush} when the outermost pass ends. If this pass has too many flushes, {@code home} runs the flush soon after; a home
     * gets all its flushes as one task.
     */
    public void atEnd(Runnable flush, Executor home) {
        dirty.add(flush);
        homes.add(home);
    }

    /**
     * Closes the pass. The outermost pass runs its batch and all flushes, including flushes that are added meanwhile. If a flush fails, the
     * other flushes still run, and then the first fault is thrown.
     */
    @Override
    public void close() {
        try {
            if (depth == 1) {
                runAndFlush();
                here = null;
                stepsLeft = STEPS;
            }
        } finally {
            depth--;
        }
    }

    /**
     * Runs the batch and the flushes repeatedly until none is left, because a flush may resume reading from a connection whose next
     * messages arrive at once.
     */
    private void runAndFlush() {
        Throwable fault = null;
        do {
            settle();
            fault = flush(fault);
        } while (!isSettled());
        rethrow(fault);
    }

    private @Nullable Throwable flush(@Nullable Throwable earlier) {
        if (dirty.size() > OWN_SHARE) {
            shareOut();
        }
        Throwable fault = earlier;
        for (int i = 0; i < dirty.size(); i++) {
            fault = runGuarded(dirty.get(i), fault);
        }
        dirty.clear();
        homes.clear();
        return fault;
    }

    /**
     * Passes the flushes of other homes to these homes. If all flushes have the same home and this thread has no home, this thread runs all
     * of them. A thread with a home, such as a selector thread, runs a share of its own flushes now, and the rest in a later task, after
     * the connections that are ready.
     */
    private void shareOut() {
        IdentityHashMap<Executor, List<Runnable>> byHome = new IdentityHashMap<>();
        List<Runnable> own = new ArrayList<>();
        for (int i = 0; i < dirty.size(); i++) {
            Executor home = homes.get(i);
            List<Runnable> share =
                    home == null || home == here ? own : byHome.computeIfAbsent(home, any -> new ArrayList<>());
            share.add(dirty.get(i));
        }
        if (byHome.size() > 1 || here != null) {
            dirty.clear();
            homes.clear();
            Executor home = here;
            int now = home == null ? own.size() : Math.min(own.size(), OWN_SHARE);
            own.subList(0, now).forEach(this::atEnd);
            if (home != null && now < own.size()) {
                byHome.put(home, own.subList(now, own.size()));
            }
            byHome.forEach((other, share) -> other.execute(() -> runShare(other, share)));
        }
    }

    private static void runShare(Executor home, List<Runnable> share) {
        int now = Math.min(share.size(), OWN_SHARE);
        try (Pass pass = Pass.open()) {
            share.subList(0, now).forEach(pass::atEnd);
        }
        if (now < share.size()) {
            home.execute(() -> runShare(home, share.subList(now, share.size())));
        }
    }

    private static @Nullable Throwable runGuarded(Runnable flush, @Nullable Throwable earlier) {
        try {
            flush.run();
            return earlier;
        } catch (RuntimeException | Error problem) {
            return earlier == null ? problem : earlier;
        }
    }

    private static void rethrow(@Nullable Throwable fault) {
        if (fault instanceof Error error) {
            throw error;
        }
        if (fault instanceof RuntimeException problem) {
            throw problem;
        }
    }
}
