package io.junctor.cluster.realm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The threads of a router, which a test may hold: then the router takes nothing of the others. Thread-safe. */
final class HeldThreads implements Executor {
    private final Executor threads;
    /** Guarded by this. */
    private final List<Runnable> held = new ArrayList<>();
    /** Guarded by this. */
    private boolean holds;

    HeldThreads(Executor threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (holds) {
                held.add(task);
                return;
            }
        }
        threads.execute(task);
    }

    synchronized void hold() {
        holds = true;
    }

    void release() {
        List<Runnable> tasks;
        synchronized (this) {
            holds = false;
            tasks = List.copyOf(held);
            held.clear();
        }
        tasks.forEach(threads::execute);
    }
}
