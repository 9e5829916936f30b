package io.junctor.cluster.nats;

import io.junctor.cluster.engine.DrainLoop;
import io.junctor.cluster.engine.Serial;
import io.nats.client.Connection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be written to a connection. It is handed to the library by the thread that has something to write, or by another one that does so
 * at the moment: in order, and without waiting. Thread-safe.
 */
final class Outbound {
    static final long HIGH_BYTES = 4 << 20;
    /** How often a task is tried that the library refuses although it is connected. */
    private static final int MOST_TRIES = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);

    private final Connection connection;
    private final String name;
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final DrainLoop drainLoop = new DrainLoop();
    /** What was written since the library was asked last, and what waited in it then. */
    private final AtomicLong bytes = new AtomicLong();

    private final AtomicBoolean isWatched = new AtomicBoolean();
    private final Queue<Runnable> whenWritable = new ConcurrentLinkedQueue<>();
    /** Tells others what has happened: they must not be called by a thread that writes. */
    private final Serial news = new Serial(Thread::startVirtualThread);

    private volatile boolean isClosed;

    Outbound(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /** Adds a task. The caller calls {@link #send} then, without a lock. */
    void add(Task task) {
        bytes.addAndGet(task.bytes());
        tasks.add(task);
    }

    /** Adds something that is not counted, may be done twice, and may be dropped. The caller calls {@link #send} then, without a lock. */
    void add(Consumer<Connection> action) {
        add(new Task(0, true, action, () -> {}));
    }

    /** Writes what was added, unless another thread does: that one looks again. Returns whether more may be added at once. */
    boolean send() {
        drainLoop.run(this::writeAll);
        long waiting = bytes.get();
        if (waiting > HIGH_BYTES / 2) {
            watch();
        }
        return waiting <= HIGH_BYTES;
    }

    /** As {@link #add(Consumer)}, and writes it. */
    void run(Consumer<Connection> action) {
        add(action);
        send();
    }

    /** Runs {@code action} when there is room. */
    void whenWritable(Runnable action) {
        whenWritable.add(action);
        watch();
    }

    /** Runs {@code action} soon, on another thread, after those before. */
    void tell(Runnable action) {
        news.execute(action);
    }

    /** How many bytes wait, as it was known a second ago. */
    long bytes() {
        return bytes.get();
    }

    void onTick() {
        if (bytes.get() != 0) {
            watch();
        }
    }

    /** Writes nothing more. */
    void close() {
        isClosed = true;
        send();
    }

    private void writeAll() {
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            if (!write(task)) {
                drop(task);
            }
        }
    }

    /** Returns false if the task was not written, or may not have been. An interrupted thread stays interrupted. */
    private boolean write(Task task) {
        boolean wasInterrupted = false;
        try {
            for (int tries = 0; tries < MOST_TRIES && !isClosed; tries++) {
                // The library drops what an interrupted thread writes, without an exception.
                wasInterrupted |= Thread.interrupted();
                boolean isTaken = isTaken(task);
                if (isTaken && !Thread.currentThread().isInterrupted()) {
                    return true;
                }
                if (isTaken ? !task.isRepeatable() : !isConnected()) {
                    return false;
                }
            }
            return false;
        } catch (RuntimeException | Error fault) {
            LOG.error("a message to other routers could not be written", fault);
            return false;
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isTaken(Task task) {
        try {
            task.action().accept(connection);
            return true;
        } catch (IllegalStateException refused) {
            return false;
        }
    }

    boolean isConnected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    private void drop(Task task) {
        bytes.addAndGet(-task.bytes());
        task.onDropped().run();
    }

    // ---- Room.

    private void watch() {
        if (isWatched.compareAndSet(false, true)) {
            try {
                Thread.ofVirtual().name(name).start(this::watchUntilWritable);
            } catch (RuntimeException | Error notStarted) {
                isWatched.set(false);
                throw notStarted;
            }
        }
    }

    private void watchUntilWritable() {
        try {
            while (look() > HIGH_BYTES / 2) {
                Thread.sleep(1);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            isWatched.set(false);
        }
        for (Runnable action = whenWritable.poll(); action != null; action = whenWritable.poll()) {
            news.execute(action);
        }
    }

    /** Finds out how many bytes wait. The library answers only when it is not writing. */
    private long look() {
        long before = bytes.get();
        boolean isWriting = !isClosed && isConnected();
        long waiting = isWriting ? connection.outgoingPendingBytes() : 0;
        return bytes.addAndGet(waiting - before);
    }

    /**
     * Something to write. Its actions are run by the thread that writes, so they must not call others; see {@link #tell}.
     *
     * @param bytes what it counts
     * @param isRepeatable whether it may be written twice. If not, it counts as dropped if its thread is interrupted meanwhile
     * @param action writes it
     * @param onDropped runs if it was not written
     */
    record Task(int bytes, boolean isRepeatable, Consumer<Connection> action, Runnable onDropped) {}
}
