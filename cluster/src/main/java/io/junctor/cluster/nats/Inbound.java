package io.junctor.cluster.nats;

import io.junctor.cluster.engine.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has arrived on a connection and waits for its receivers. One thread of its own passes it on, so the connection is read
 * without a pause and its server does not cut the router off. Thread-safe.
 */
final class Inbound {
    private static final int BATCH = 64;
    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

    private final BlockingQueue<Arrived> queue = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final long mostBytes;
    private final String name;
    private final Thread thread;
    /** Whether messages were dropped since the queue was last half empty. Confined to the thread that reads. */
    private boolean dropping;

    /** Takes up to {@code mostBytes} bytes, and drops what arrives beyond. */
    Inbound(long mostBytes, String name) {
        this.mostBytes = mostBytes;
        this.name = name;
        this.thread = Thread.ofVirtual().name(name).start(this::pass);
    }

    /** Whether the message was taken. The first one that is not, until the queue is half empty again, is logged. */
    boolean add(NatsLane lane, Message message) {
        int size = message.body().length;
        long waiting = bytes.addAndGet(size);
        if (waiting > mostBytes) {
            bytes.addAndGet(-size);
            if (!dropping) {
                LOG.warn("{}: drops messages of other routers, as {} bytes wait for this router", name, mostBytes);
            }
            dropping = true;
            return false;
        }
        dropping &= waiting > mostBytes / 2;
        queue.add(new Arrived(lane, message));
        return true;
    }

    /** How many bytes wait. */
    long bytes() {
        return bytes.get();
    }

    void close() {
        thread.interrupt();
    }

    private void pass() {
        List<Arrived> batch = new ArrayList<>(BATCH);
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                pass(batch);
                batch.clear();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(List<Arrived> batch) {
        int from = 0;
        while (from < batch.size()) {
            NatsLane lane = batch.get(from).lane();
            List<Message> ofLane = new ArrayList<>(batch.size() - from);
            long size = 0;
            for (; from < batch.size() && batch.get(from).lane() == lane; from++) {
                Message message = batch.get(from).message();
                ofLane.add(message);
                size += message.body().length;
            }
            bytes.addAndGet(-size);
            pass(lane, ofLane);
        }
    }

    private void pass(NatsLane lane, List<Message> messages) {
        try {
            lane.pass(messages);
        } catch (RuntimeException fault) {
            LOG.error("a receiver of messages of other routers has failed", fault);
        }
    }

    private record Arrived(NatsLane lane, Message message) {}
}
