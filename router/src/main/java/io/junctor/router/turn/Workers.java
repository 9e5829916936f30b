package io.junctor.router.turn;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks that may block or take long on virtual threads, {@code work-n}. If the operating system provides no thread, the task waits and
 * is tried again with the next task; the router's timers submit a task about every second. Thread-safe.
 */
public final class Workers implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final ExecutorService threads;
    private final Runnable onPostponed;
    private final ConcurrentLinkedQueue<Task> postponed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean starved = new AtomicBoolean();

    /** Creates workers that run {@code onPostponed} for each task that has to wait. */
    public Workers(Runnable onPostponed) {
        this(
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("work-", 0).factory()),
                onPostponed);
    }

    Workers(ExecutorService threads, Runnable onPostponed) {
        this.threads = threads;
        this.onPostponed = onPostponed;
    }

    @Override
    public void execute(Runnable task) {
        Task next = new Task(task);
        if (postponed.isEmpty()) {
            start(next);
        } else {
            postponed.add(next);
            startPostponed();
        }
    }

    /**
     * Runs code of an embedding program on the calling thread. If the code leaves the thread interrupted, this method clears the interrupt,
     * because the thread then writes to sockets, and an interrupt would close them.
     */
    public static void runForeign(Runnable code) {
        boolean before = Thread.currentThread().isInterrupted();
        try {
            code.run();
        } finally {
            if (!before) {
                Thread.interrupted();
            }
        }
    }

    private void startPostponed() {
        Task next = postponed.poll();
        while (next != null && start(next)) {
            next = postponed.poll();
        }
        if (next == null && starved.compareAndSet(true, false)) {
            LOG.warn("threads can be started again");
        }
    }

    private boolean start(Task task) {
        try {
            threads.execute(task);
            return true;
        } catch (OutOfMemoryError noThread) {
            postponed.add(task);
            onPostponed.run();
            if (starved.compareAndSet(false, true)) {
                LOG.error("no thread could be started, so work waits and is tried again: {}", noThread.getMessage());
            }
            return false;
        }
    }

    /** Stops accepting tasks; running tasks continue to their end. */
    @Override
    public void close() {
        threads.shutdown();
    }

    /**
     * A task that runs only once, even if it is started twice: the JVM may report that a thread could not be started although the thread
     * runs the task.
     */
    private static final class Task implements Runnable {
        private final AtomicBoolean begun = new AtomicBoolean();
        private final Runnable action;

        Task(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            if (begun.compareAndSet(false, true)) {
                action.run();
            }
        }
    }
}
