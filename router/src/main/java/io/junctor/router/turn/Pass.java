package io.junctor.router.turn;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Used by one thread, which it belongs to. Everything a thread does for one entry from outside (a readable socket, a timer, a
 * call in the process): its operations are run in batches, and what became dirty on the way is flushed once, at the end, when
 * nothing is held any more.
 *
 * <p>Passes nest: only the outermost {@link #close} flushes.
 *
 * <pre>{@code
 * try (Pass pass = Pass.open()) {
 *     receiver.onMessage(message);
 * }
 * }</pre>
 */
public final class Pass implements AutoCloseable {
    private static final ThreadLocal<Pass> CURRENT = ThreadLocal.withInitial(Pass::new);

    /** So many flushes one thread does itself; of more it leaves those of other homes to them. */
    static final int OWN_SHARE = 64;

    /** So many deliveries fit a pass: they are appended and flushed in a few milliseconds. */
    static final int DELIVERIES = 10_000;

    private final ArrayList<Runnable> dirty = new ArrayList<>();
    /** The home of each flush of {@code dirty}, null where any thread will do. */
    private final ArrayList<@Nullable Executor> homes = new ArrayList<>();

    private final Batch batch = new Batch();
    private int depth;
    private int deliveriesLeft = DELIVERIES;
    /** Where this thread is at home for this pass, if anywhere. */
    private @Nullable Executor here;

    private Pass() {}

    /** Enters a pass of this thread, or goes deeper into the one it is in. */
    public static Pass open() {
        Pass pass = CURRENT.get();
        pass.depth++;
        return pass;
    }

    /** Enters a pass, as {@link #open()}, on the thread of {@code home}: it shares nothing out to that one. */
    public static Pass openAt(Executor home) {
        Pass pass = open();
        pass.here = home;
        return pass;
    }

    /** The pass this thread is in. */
    public static Pass current() {
        Pass pass = CURRENT.get();
        assert pass.depth > 0 : "outside of a pass";
        return pass;
    }

    /** This pass has appended a message for so many receivers. */
    public void spend(int deliveries) {
        deliveriesLeft -= deliveries;
    }

    /** Whether it has appended as much as fits a pass: it should end soon, so that others get this thread. */
    public boolean isSpent() {
        return deliveriesLeft <= 0;
    }

    /** Runs {@code task} as a pass, or as part of the one that this thread is in. */
    public static void run(Runnable task) {
        try (Pass pass = open()) {
            task.run();
        }
    }

    /** The pass of the calling thread, whether or not it is in it. */
    static Pass ofThread() {
        return CURRENT.get();
    }

    /** Has {@code turnstile} run {@code operation} when enough are collected, or when the outermost pass ends. */
    void collect(Turnstile turnstile, Turnstile.Waiting operation) {
        batch.add(turnstile, operation);
    }

    /** Runs what this thread has collected in its pass, if it is in one: something is to come behind it. */
    static void runCollected() {
        CURRENT.get().batch.run();
    }

    /**
     * Runs the operations that were collected. Who lets another thread read on from a connection does so before: operations of one
     * session may not wait in two passes.
     */
    public void settle() {
        batch.run();
    }

    /** Whether no operation waits for the end of this pass. */
    public boolean isSettled() {
        return batch.isEmpty();
    }

    /** Whether no other pass of this thread is around this one. */
    public boolean isOutermost() {
        return depth == 1;
    }

    /** Runs {@code flush} when the outermost pass ends. The caller sees to it that it is added once. */
    public void atEnd(Runnable flush) {
        dirty.add(flush);
        homes.add(null);
    }

    /**
     * Runs {@code flush} when the outermost pass ends, or soon after it by {@code home} if this pass has too much to flush: the
     * flushes of a home are handed to it as one task.
     */
    public void atEnd(Runnable flush, Executor home) {
        dirty.add(flush);
        homes.add(home);
    }

    /**
     * Leaves the pass; the outermost one flushes, also what becomes dirty meanwhile. A flush that fails stops no other: the first
     * fault is thrown in the end.
     */
    @Override
    public void close() {
        try {
            if (depth == 1) {
                runAndFlush();
                here = null;
                deliveriesLeft = DELIVERIES;
            }
        } finally {
            depth--;
        }
    }

    /** Until nothing is left: a flush may let a connection go on that brings the next operations at once. */
    private void runAndFlush() {
        Throwable fault = null;
        do {
            batch.run();
            fault = flush(fault);
        } while (!batch.isEmpty());
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
     * Hands all that has another home to it, unless it is the same for all: then this thread is as good as another. Of its own a selector's
     * thread does a share now and the others behind what else is ready.
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
