package io.junctor.cluster.nats;

import io.junctor.cluster.engine.Figure;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.LaneSubscription;
import io.junctor.cluster.engine.Message;
import io.junctor.cluster.engine.Receiver;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.SequenceFilter;
import io.junctor.cluster.engine.SubjectSyntax;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A lane on NATS. Thread-safe. */
final class NatsLane implements Lane, Inbound.Destination {
    private final NatsConnection connection;
    private final RouterId router;
    private final String scope;
    private final String prefix;
    private final Receiver receiver;
    private final SequenceFilter filter = new SequenceFilter();
    private final Assembly assembly = new Assembly();
    private final Set<NatsLaneSubscription> interests = new HashSet<>();
    private final Map<String, Integer> patterns = new HashMap<>();
    private long sequence;
    private volatile boolean closed;

    NatsLane(NatsConnection connection, RouterId router, String scope, String prefix, Receiver receiver) {
        this.connection = connection;
        this.router = router;
        this.scope = scope;
        this.prefix = prefix;
        this.receiver = receiver;
    }

    @Override
    public boolean publish(String subject, byte[] body, @Nullable Runnable onUnheard) {
        String address = prefix + SubjectSyntax.checkSubject(subject);
        add(address, body, onUnheard);
        return connection.send();
    }

    /** Adds a message to what is to be sent. */
    private synchronized void add(String address, byte[] body, @Nullable Runnable onUnheard) {
        int room = connection.mostBodyBytes();
        if (body.length <= room) {
            connection.add(address, Frame.whole(router, ++sequence, body), onUnheard);
            return;
        }
        int parts = (body.length - 1) / room + 1;
        for (int part = 0; part < parts; part++) {
            int from = part * room;
            ByteBuffer piece = ByteBuffer.wrap(body, from, Math.min(room, body.length - from));
            byte[] frame = Frame.part(router, ++sequence, part, parts, piece);
            connection.add(address, frame, part == 0 ? onUnheard : null);
        }
    }

    @Override
    public void whenWritable(Runnable action) {
        connection.whenWritable(action);
    }

    @Override
    public long position() {
        return connection.position();
    }

    @Override
    public CompletionStage<Void> confirmed(long since) {
        return connection.confirmed(since);
    }

    @Override
    public LaneSubscription subscribe(String pattern) {
        NatsLaneSubscription interest = new NatsLaneSubscription(SubjectSyntax.checkPattern(pattern));
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the lane of " + scope + " is closed");
            }
            interests.add(interest);
            if (patterns.merge(pattern, 1, Integer::sum) == 1) {
                connection.subscribe(prefix + pattern);
            }
        }
        connection.send();
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
        connection.count(Figure.DROPPED_UNREADABLE, 1);
    }

    @Override
    public void close() {
        List<NatsLaneSubscription> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(interests);
        }
        open.forEach(NatsLaneSubscription::close);
        connection.close(scope);
    }

    @Override
    public @Nullable Message read(String address, byte[] bytes) {
        connection.count(Figure.MESSAGES_RECEIVED, 1);
        connection.count(Figure.BYTES_RECEIVED, bytes.length);
        Frame frame = Frame.read(bytes);
        if (frame == null) {
            countUnreadable();
            return null;
        }
        // A server that was stopped may send back what it got on an earlier connection of this router.
        boolean isOwn = frame.from().equals(router);
        if (isOwn || !filter.accepts(frame.from(), frame.sequence())) {
            connection.count(Figure.DROPPED_LATE, 1);
            return null;
        }
        byte[] body = assembly.add(frame);
        return body == null ? null : new Message(frame.from(), address.substring(prefix.length()), body);
    }

    @Override
    public void onDropped() {
        connection.count(Figure.DROPPED_OVERFLOW, 1);
    }

    @Override
    public void pass(List<Message> batch) {
        if (!closed) {
            receiver.onMessages(batch);
        }
    }

    private final class NatsLaneSubscription implements LaneSubscription {
        private final String pattern;

        NatsLaneSubscription(String pattern) {
            this.pattern = pattern;
        }

        @Override
        public void close() {
            synchronized (NatsLane.this) {
                if (!interests.remove(this)) {
                    return;
                }
                if (patterns.computeIfPresent(pattern, (same, count) -> count == 1 ? null : count - 1) == null) {
                    connection.unsubscribe(prefix + pattern);
                }
            }
            connection.send();
        }
    }
}
