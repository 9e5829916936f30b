package io.junctor.cluster.nats;

import io.junctor.cluster.engine.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on what arrives on a connection: on the thread that reads it, so no other thread has to be woken. Where that thread cannot keep up,
 * messages wait here and a thread of their own hands them on until none is left. So the connection is read without a pause, and its server does
 * not cut the router off. Thread-safe.
 */
final class Inbound implements MessagePort.Taker {
    /** What messages are handed to. One thread at a time reads, and one passes on. */
    interface Destination {
        /** Reads what arrived; returns a message that is complete, or null. */
        @Nullable
        Message read(String subject, byte[] bytes);

        /** Takes 1 to 64 messages. */
        void pass(List<Message> messages);

        /** A message was dropped, as too many wait. */
        void onDropped();
    }

    private static final int BATCH = 64;
    /** What a message that waits occupies in addition to its body. */
    private static final int MESSAGE_BYTES = 128;
    /** If there was always more to read for longer, the thread that reads does not keep up. */
    private static final long MOST_BUSY_NANOS = 20_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

    private final String lanesBegin;
    private final Map<String, OfLane> laneByScope = new ConcurrentHashMap<>();
    private final Map<String, MessagePort.Receiver> takerBySubject = new ConcurrentHashMap<>();
    private final long mostBytes;
    private final String name;

    // Of the thread that reads. This object guards it: the library may have two such threads for a moment.
    private final List<Arrived> read = new ArrayList<>();
    /** Whether messages were dropped since the queue was last half empty. */
    private boolean isDropping;

    private boolean isBusy;
    private long busySinceNanos;

    private final Object lock = new Object();
    /** Guarded by the lock, as are the next two fields. */
    private final Queue<Arrived> queue = new ArrayDeque<>();

    private long bytes;
    /** Whether a thread hands on what waits. */
    private boolean isPassing;

    private volatile boolean isClosed;

    /**
     * Drops messages while more than {@code mostBytes} bytes wait.
     *
     * @param lanesBegin what the subjects of lanes begin with, before the scope
     */
    Inbound(String lanesBegin, long mostBytes, String name) {
        this.lanesBegin = lanesBegin;
        this.mostBytes = mostBytes;
        this.name = name;
    }

    /** Adds a lane, unless the scope has one. Returns whether it was added. */
    boolean add(String scope, Destination lane) {
        return laneByScope.putIfAbsent(scope, new OfLane(lane)) == null;
    }

    void remove(String scope) {
        laneByScope.remove(scope);
    }

    /** Hands what arrives on a subject to {@code taker}. */
    void listen(String subject, MessagePort.Receiver taker) {
        takerBySubject.put(subject, taker);
    }

    /** How many bytes wait. */
    long bytes() {
        synchronized (lock) {
            return bytes;
        }
    }

    void close() {
        isClosed = true;
    }

    @Override
    public MessagePort.@Nullable Receiver takerOf(String subject) {
        if (!subject.startsWith(lanesBegin)) {
            return takerBySubject.get(subject);
        }
        int end = subject.indexOf('.', lanesBegin.length());
        return end < 0 ? null : laneByScope.get(subject.substring(lanesBegin.length(), end));
    }

    @Override
    public synchronized void onRead(boolean isMore) {
        boolean isLate = isLate(isMore);
        if (read.isEmpty()) {
            return;
        }
        try {
            if (!mustWait(isLate)) {
                passAll(read);
            }
        } finally {
            read.clear();
        }
    }

    /** Whether there was always more to read for longer than {@link #MOST_BUSY_NANOS}. */
    private boolean isLate(boolean isMore) {
        if (!isMore) {
            isBusy = false;
            return false;
        }
        long now = System.nanoTime();
        if (!isBusy) {
            isBusy = true;
            busySinceNanos = now;
        }
        return now - busySinceNanos > MOST_BUSY_NANOS;
    }

    /** Lets what was read wait, if this thread does not keep up, or behind what waits. */
    private boolean mustWait(boolean isLate) {
        synchronized (lock) {
            if (!isLate && !isPassing) {
                return false;
            }
            if (!isPassing) {
                // It takes nothing before this thread gives the lock back.
                Thread.ofVirtual().name(name).start(this::passWaiting);
                isPassing = true;
            }
            read.forEach(this::queue);
            return true;
        }
    }

    /** The caller holds both locks. The first message that is dropped, until the queue is half empty again, is logged. */
    private void queue(Arrived arrived) {
        int size = size(arrived);
        if (bytes + size > mostBytes) {
            arrived.lane.onDropped();
            if (!isDropping) {
                LOG.warn("{}: drops messages of other routers, as {} bytes wait for this router", name, mostBytes);
            }
            isDropping = true;
            return;
        }
        bytes += size;
        isDropping &= bytes > mostBytes / 2;
        queue.add(arrived);
    }

    private static int size(Arrived arrived) {
        return MESSAGE_BYTES + arrived.message.body().length;
    }

    private void passWaiting() {
        List<Arrived> batch = new ArrayList<>(BATCH);
        while (takeWaiting(batch)) {
            passAll(batch);
            batch.clear();
        }
    }

    /** Returns whether something waited. */
    private boolean takeWaiting(List<Arrived> batch) {
        synchronized (lock) {
            while (batch.size() < BATCH && !queue.isEmpty()) {
                Arrived next = queue.remove();
                bytes -= size(next);
                batch.add(next);
            }
            isPassing = !batch.isEmpty();
            return isPassing;
        }
    }

    private void passAll(List<Arrived> messages) {
        int from = 0;
        while (from < messages.size()) {
            Destination lane = messages.get(from).lane;
            List<Message> ofLane = new ArrayList<>(Math.min(BATCH, messages.size() - from));
            while (from < messages.size() && messages.get(from).lane == lane && ofLane.size() < BATCH) {
                ofLane.add(messages.get(from).message);
                from++;
            }
            pass(lane, ofLane);
        }
    }

    private void pass(Destination lane, List<Message> messages) {
        if (isClosed) {
            return;
        }
        try {
            lane.pass(messages);
        } catch (RuntimeException | Error fault) {
            LOG.error("a receiver of messages of other routers has failed", fault);
        }
    }

    private record Arrived(Destination lane, Message message) {}

    /** Takes what arrives for a lane. */
    private final class OfLane implements MessagePort.Receiver {
        private final Destination lane;

        OfLane(Destination lane) {
            this.lane = lane;
        }

        @Override
        public void onMessage(String subject, byte[] body) {
            synchronized (Inbound.this) {
                Message message = lane.read(subject, body);
                if (message != null) {
                    read.add(new Arrived(lane, message));
                }
            }
        }
    }
}
