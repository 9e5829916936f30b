package io.junctor.cluster.nats;

import io.nats.client.Connection;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be written to a connection. One thread of its own writes it, in order, because a method of the connection may
 * block for two seconds. Thread-safe.
 */
final class Outbound {
    static final long HIGH_BYTES = 4 << 20;
    /** So many tasks are taken at once. */
    private static final int BATCH = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);

    private final Connection connection;
    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final Queue<Runnable> whenWritable = new ConcurrentLinkedQueue<>();
    private final Thread thread;

    Outbound(Connection connection, String name) {
        this.connection = connection;
        this.thread = Thread.ofVirtual().name(name).start(this::write);
    }

    /** Adds a task; returns whether more may be added at once. */
    boolean add(Task task) {
        tasks.add(task);
        return bytes.addAndGet(task.bytes()) <= HIGH_BYTES;
    }

    /** Adds something that is not counted. */
    void run(Consumer<Connection> action) {
        add(new Task(0, action, null));
    }

    void whenWritable(Runnable action) {
        whenWritable.add(action);
        run(same -> tellWritable());
    }

    long bytes() {
        return bytes.get();
    }

    void close() {
        thread.interrupt();
    }

    private void write() {
        Queue<Task> batch = new ArrayDeque<>(BATCH);
        try {
            while (true) {
                batch.add(tasks.take());
                tasks.drainTo(batch, BATCH - 1);
                for (Task task = batch.peek(); task != null; task = batch.peek()) {
                    write(task);
                    batch.remove();
                    bytes.addAndGet(-task.bytes());
                    tellWritable();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        batch.forEach(Task::drop);
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            task.drop();
        }
    }

    private void write(Task task) throws InterruptedException {
        while (true) {
            try {
                task.action().accept(connection);
                return;
            } catch (IllegalStateException notTaken) {
                if (connection.getStatus() != Connection.Status.CONNECTED) {
                    task.drop();
                    return;
                }
                Thread.sleep(1);
            } catch (RuntimeException fault) {
                LOG.error("a message to other routers could not be written", fault);
                task.drop();
                return;
            }
        }
    }

    private void tellWritable() {
        while (!whenWritable.isEmpty() && bytes.get() <= HIGH_BYTES / 2) {
            // No other thread removes one.
            whenWritable.remove().run();
        }
    }

    /**
     * Something to write.
     *
     * @param bytes what it counts
     * @param action writes it
     * @param onDropped runs if it was not written
     */
    record Task(
            int bytes,
            Consumer<Connection> action,
            @Nullable Runnable onDropped) {
        void drop() {
            if (onDropped != null) {
                onDropped.run();
            }
        }
    }
}
