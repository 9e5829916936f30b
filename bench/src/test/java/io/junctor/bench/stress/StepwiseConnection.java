package io.junctor.bench.stress;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.Outbox;
import io.junctor.router.connection.OutboxListener;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.memory.OutboxBudget;
import io.junctor.router.metrics.Counters;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A connection with its outbox. It completes each write immediately, or when the test case calls {@link #take}. */
final class StepwiseConnection implements Connection, OutboxListener {
    static final Codecs CODECS = new Codecs(CodecLimits.DEFAULT);
    private static final Counters COUNTERS = new Counters();

    final AtomicInteger written = new AtomicInteger();
    final AtomicInteger demands = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger drained = new AtomicInteger();
    final Outbox outbox = new Outbox(this, CODECS, COUNTERS, this, new OutboxBudget(Long.MAX_VALUE));
    private final boolean takesAtOnce;
    private final AtomicReference<Runnable> pendingWrite = new AtomicReference<>();

    StepwiseConnection(boolean takesAtOnce) {
        this.takesAtOnce = takesAtOnce;
    }

    /** Creates a connection with one pending write. */
    static StepwiseConnection writing() {
        StepwiseConnection connection = new StepwiseConnection(false);
        try (Pass pass = Pass.open()) {
            connection.append();
        }
        return connection;
    }

    /** Creates a connection with one pending write and an invocation queued behind it. */
    static StepwiseConnection writingBeforeInvocation() {
        StepwiseConnection connection = writing();
        try (Pass pass = Pass.open()) {
            connection.outbox.append(new Invocation(1, 1, InvocationDetails.NONE, Payload.NONE), Payload.NONE);
        }
        return connection;
    }

    /** Completes the pending write; returns false without a pending write. */
    boolean take() {
        Runnable done = pendingWrite.getAndSet(null);
        if (done != null) {
            done.run();
        }
        return done != null;
    }

    /** Completes the pending write and all writes that follow. */
    void takeAll() {
        boolean more = true;
        while (more) {
            more = take();
        }
    }

    void append() {
        outbox.append(new Published(1, 1), Payload.NONE);
    }

    @Override
    public void write(List<byte[]> messages, Runnable done) {
        written.addAndGet(messages.size());
        if (takesAtOnce) {
            done.run();
        } else if (!pendingWrite.compareAndSet(null, done)) {
            throw new IllegalStateException("a write before the previous one was completed");
        }
    }

    @Override
    public void demand() {
        demands.incrementAndGet();
    }

    @Override
    public void close(CloseStatus ending) {
        closed.incrementAndGet();
    }

    @Override
    public void onDrained() {
        drained.incrementAndGet();
    }

    @Override
    public void onSlow() {}

    @Override
    public void onUndeliverable(FromRouter message, OutboxListener.Problem problem) {
        throw new IllegalStateException(problem.toString());
    }

    @Override
    public Serializer serializer() {
        return Serializer.MSGPACK;
    }

    @Override
    public JoinRestriction joins() {
        return JoinRestriction.NONE;
    }

    @Override
    public ListenerLimits limits() {
        return ListenerLimits.DEFAULT;
    }

    @Override
    public int receiveLimitBytes() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String peer() {
        return "stress";
    }

    @Override
    public void maxMessageBytes(int bytes) {}

    @Override
    public void drop() {}
}
