package io.junctor.cluster.memory;

import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.LaneSubscription;
import io.junctor.cluster.engine.Message;
import io.junctor.cluster.engine.Receiver;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.SequenceFilter;
import io.junctor.cluster.engine.SubjectSyntax;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A lane of a router on a network in memory. Thread-safe. The lane sends each message at once; only {@link MemoryNetwork#fill} makes the lane
 * report that it accepts no more.
 */
final class MemoryLane implements Lane {
    private static final int BATCH = 64;

    private final MemoryConnection connection;
    private final String scope;
    private final RouterId router;
    private final Receiver receiver;
    private final SequenceFilter filter = new SequenceFilter();
    private final Set<MemoryLaneSubscription> interests = new HashSet<>();
    private final InterestTable patterns = new InterestTable();
    private final Queue<Message> received = new ArrayDeque<>();
    private long sequence;
    /** The number of the last message that was lost because there was no connection. */
    private long lastLost;

    private boolean closed;

    MemoryLane(MemoryConnection connection, RouterId router, String scope, Receiver receiver) {
        this.connection = connection;
        this.router = router;
        this.scope = scope;
        this.receiver = receiver;
    }

    @Override
    public boolean publish(String subject, byte[] body, @Nullable Runnable onUnheard) {
        SubjectSyntax.checkSubject(subject);
        boolean heard;
        synchronized (this) {
            heard = connection.publish(new Packet(scope, ++sequence, new Message(router, subject, body)));
            if (!heard && !connection.isConnected()) {
                lastLost = sequence;
            }
        }
        if (!heard && onUnheard != null) {
            connection.runReceiving(onUnheard);
        }
        return connection.isWritable();
    }

    @Override
    public void whenWritable(Runnable action) {
        connection.whenWritable(() -> connection.runReceiving(action));
    }

    @Override
    public synchronized long position() {
        return sequence;
    }

    @Override
    public CompletionStage<Void> confirmed(long since) {
        boolean taken;
        synchronized (this) {
            taken = connection.isConnected() && lastLost <= since;
        }
        if (taken) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.failedFuture(MemoryStoreRequests.notConnected());
    }

    @Override
    public LaneSubscription subscribe(String pattern) {
        MemoryLaneSubscription interest = new MemoryLaneSubscription(SubjectSyntax.checkPattern(pattern));
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the lane of " + scope + " is closed");
            }
            interests.add(interest);
            patterns.add(pattern);
        }
        connection.add(scope + "." + pattern);
        return interest;
    }

    @Override
    public CompletionStage<Void> interestKnown() {
        return connection.echo().request();
    }

    @Override
    public long interestNumber() {
        return connection.echo().number();
    }

    @Override
    public void countUnreadable() {
        connection.countUnreadable();
    }

    @Override
    public void close() {
        List<MemoryLaneSubscription> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(interests);
        }
        open.forEach(MemoryLaneSubscription::close);
        connection.close(scope);
    }

    /** Runs on the thread that receives messages. */
    void receive(Packet packet) {
        Message message = packet.message();
        synchronized (this) {
            boolean isNew = filter.accepts(message.from(), packet.sequence());
            boolean isLate = !isNew && connection.network().faults.hasSequenceFilter();
            if (closed || isLate || !patterns.matches(message.subject())) {
                return;
            }
            received.add(message);
            if (received.size() > 1) {
                return;
            }
        }
        connection.runReceiving(this::pass);
    }

    private void pass() {
        List<Message> batch = new ArrayList<>();
        synchronized (this) {
            while (batch.size() < BATCH && !received.isEmpty()) {
                batch.add(received.remove());
            }
            if (!received.isEmpty()) {
                connection.runReceiving(this::pass);
            }
            if (closed || batch.isEmpty()) {
                return;
            }
        }
        receiver.onMessages(batch);
    }

    private final class MemoryLaneSubscription implements LaneSubscription {
        private final String pattern;

        MemoryLaneSubscription(String pattern) {
            this.pattern = pattern;
        }

        @Override
        public void close() {
            synchronized (MemoryLane.this) {
                if (!interests.remove(this)) {
                    return;
                }
                patterns.remove(pattern);
            }
            connection.remove(scope + "." + pattern);
        }
    }
}
