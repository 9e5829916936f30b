package io.junctor.router.connection;

import io.junctor.router.connection.OutboxListener.Problem.TooLarge;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.connection.transport.WireForm;
import io.junctor.router.memory.HeapEstimate;
import io.junctor.router.memory.OutboxBudget;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.metrics.TransportCounters;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The queue of messages that wait to be sent to one client, in order. One thread at a time appends: the reading thread before
 * {@code WELCOME}, then the holder of the realm's turn. Any thread may flush.
 *
 * <h2>How it works</h2>
 *
 * <p>The messages are a linked list, {@link OutboxQueue}: the appender adds to its end, the drainer takes from its beginning. A flag makes
 * one thread at a time the drainer; the thread keeps the flag during a write, so the transport never gets two writes at a time. Five things
 * must not happen:
 *
 * <ul>
 *   <li><em>A message is left behind.</em> The appender links the node, then looks at {@code dirty}; a flush clears {@code dirty}, then
 *       reads the list. A drainer clears its flag, then looks once more at the list and at {@link #tellWhenBelow}. All are
 *       volatile accesses.
 * <li><em>A callback that runs at once recurses.</em> {@code write} is PENDING when the bytes are handed over. Of the callback and the
 * writing thread, the one that comes second continues.
 * <li><em>A message that a leaving client never received is lost, or sent twice.</em> Only the thread with the drainer's flag takes a
 *       message off the list, to write it or to return it. {@link #takeBack} stores its request, then tries to get the flag; a drainer
 *       clears the flag, then looks for a request. While the transport is lost, no message is taken.
 * <li><em>A slow client takes all memory.</em> Each message counts the bytes that its source keeps alive and {@link #OVERHEAD_BYTES}. The
 *       thread that appends or takes messages reports the waiting bytes to {@link OutboxBudget} in steps.
 * <li><em>The messages of a disconnected client stay counted.</em> When its session has left and its transport is lost, the outbox is
 * {@linkplain #abandon abandoned}: the drainer discards the waiting messages and the messages that are appended later.
 * </ul>
 */
public final class Outbox implements MessageSink {
    /** The bytes that each message counts in addition to its payload. */
    public static final int OVERHEAD_BYTES = 256;

    private static final int WRITE_BYTES = 1 << 16;
    private static final int WRITES = 2;
    private static final int PENDING = 0;
    private static final int RETURNED = 1;
    private static final int DONE = 2;

    /** A request for the invocations among the first {@code last} messages that were appended. */
    private record RecallRequest(int last, Consumer<List<Invocation>> taker) {}

    private final Connection connection;
    private final Executor home;
    private final int writesAtOnce;
    private final int receiveLimitBytes;
    /** The form in which the transport writes messages; null if it writes them as they are encoded. */
    private final @Nullable WireForm form;

    private final Codecs codecs;
    private final Counters counters;
    private final OutboxListener listener;
    private final OutboxBudget budget;
    private final OutboxBudget.OutboxAccount report;
    private final Runnable flush = this::flush;
    private final Runnable written = this::onWritten;
    private final OutboxQueue queue = new OutboxQueue();

    // Used by the appender.
    /** Whether the list may contain new messages: set by the appender after it has linked a node, cleared by a flush before it reads the list. */
    private volatile boolean dirty;
    /** The reason for closing, set once by the appender: no message is appended later, and the transport closes when the list is empty. */
    private volatile @Nullable CloseStatus ending;
    /**
     * Set by the appender: the listener is notified when {@code waitingBytes} has fallen to this value; negative if no notification is
     * requested.
     */
    private volatile long drainedBelow = -1;
    /** Whether no thread will read from this outbox any more. */
    private volatile boolean abandoned;
    /** The pending request. Set by the appender if it is null; set to null by the drainer that has fulfilled it. */
    private volatile @Nullable RecallRequest recall;

    // Used by the drainer.
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicInteger write = new AtomicInteger(DONE);
    /** The number of writes that were started; written by the drainer, read by the sweep. */
    private volatile int writesBegun;

    public Outbox(
            Connection connection, Codecs codecs, Counters counters, OutboxListener listener, OutboxBudget budget) {
        this.budget = budget;
        this.report = budget.report(queue::heapBytes);
        this.connection = connection;
        this.home = connection.home();
        this.receiveLimitBytes = connection.receiveLimitBytes();
        this.form = connection.form();
        this.writesAtOnce = home == Connection.CALLER_THREAD ? Integer.MAX_VALUE : WRITES;
        this.codecs = codecs;
        this.counters = counters;
        this.listener = listener;
    }

    /** The serialization of the client. */
    @Override
    public Serializer serializer() {
        return connection.serializer();
    }

    @Override
    public long waitingBytes() {
        return queue.waitingBytes();
    }

    /** The bytes of heap that the waiting messages use, without large events, which outboxes share. */
    public long heapBytes() {
        return queue.heapBytes();
    }

    /** The number of messages that wait, including those of the unfinished write. */
    @Override
    public int waitingMessages() {
        return queue.waitingMessages();
    }

    /** Appends a message for this client only; it is flushed when the pass ends. */
    @Override
    public void append(FromRouter message, Payload payload) {
        int bytes = payload.heldBytes() + HeapEstimate.details(message);
        append(new OutboxQueue.Node(message, null, bytes, bytes));
    }

    @Override
    public void append(OnceEncodedEvent shared) {
        if (ending != null) {
            return;
        }
        boolean isShared = shared.isShared();
        if (isShared) {
            shared.hold(budget);
        }
        append(new OutboxQueue.Node(null, shared, shared.heldBytes(), isShared ? 0 : shared.heldBytes()));
    }

    private void append(OutboxQueue.Node node) {
        if (ending != null) {
            return;
        }
        queue.append(node);
        report.update();
        flushLater();
    }

    /** Discards the waiting messages and the messages that are appended later, because the session has left and the transport is lost. */
    public void abandon() {
        abandoned = true;
        flushLater();
    }

    /** Closes the transport after the appended messages are sent; drops messages that are appended later. */
    public void close(CloseStatus how) {
        if (ending == null) {
            ending = how;
            flushLater();
        }
    }

    /** Requests one call of {@link OutboxListener#onDrained} when at most {@code bytes} wait. */
    public void tellWhenBelow(long bytes) {
        drainedBelow = bytes;
        flushLater();
    }

    @Override
    public void takeBack(Consumer<List<Invocation>> taker) {
        if (recall != null) {
            taker.accept(List.of());
            return;
        }
        recall = new RecallRequest(queue.appendedMessages(), taker);
        if (draining.compareAndSet(false, true)) {
            strike();
            draining.set(false);
            // While this thread had the flag, a flush of another thread may have failed to get it.
            flushLater();
        }
    }

    private void flushLater() {
        if (!dirty) {
            dirty = true;
            Pass.current().atEnd(flush, home);
        }
    }

    private void flush() {
        dirty = false;
        if (draining.compareAndSet(false, true)) {
            drain();
        }
    }

    /**
     * Writes until nothing waits or a write is unfinished. After some writes, the rest runs as a new task of the connection's
     * {@linkplain Connection#home() home}, behind its other ready tasks. The caller has the drainer's flag.
     */
    private void drain() {
        for (int writes = 0; writes < writesAtOnce; writes++) {
            strike();
            if (abandoned) {
                discard();
            }
            List<byte[]> batch = connection.isOpen() ? nextBatch() : List.of();
            if (batch.isEmpty()) {
                if (!letGo()) {
                    return;
                }
            } else if (!writeNow(batch)) {
                return;
            }
        }
        home.execute(() -> Pass.run(this::drain));
    }

    /** Releases the drainer's flag. Returns true if there is more work and this thread has taken the flag again. */
    private boolean letGo() {
        CloseStatus how = ending;
        if (how != null && queue.first() == null) {
            connection.close(how);
            return false;
        }
        draining.set(false);
        return isMoreToDo() && draining.compareAndSet(false, true);
    }

    private boolean isMoreToDo() {
        return recall != null
                || (abandoned && queue.first() != null)
                || (connection.isOpen() && (queue.first() != null || ending != null || isDrained()));
    }

    /** Takes all messages without writing them. The caller has the drainer's flag, and no write is unfinished. */
    private void discard() {
        for (OutboxQueue.Node next = queue.first(); next != null; next = queue.first()) {
            queue.take(next);
        }
        onTaken();
        report.settle();
    }

    /** Removes the requested invocations and returns them. The caller has the drainer's flag, and no write is pending. */
    private void strike() {
        RecallRequest wanted = recall;
        if (wanted != null) {
            List<Invocation> unsent = queue.takeInvocations(wanted.last);
            recall = null;
            wanted.taker.accept(unsent);
        }
    }

    /** Whether the listener has to be notified because the waiting bytes have fallen to the requested value. */
    private boolean isDrained() {
        long below = drainedBelow;
        return below >= 0 && waitingBytes() <= below;
    }

    /** Writes a batch; returns true if the transport took all its bytes at once. */
    private boolean writeNow(List<byte[]> batch) {
        write.set(PENDING);
        int begun = writesBegun;
        writesBegun = begun + 1;
        connection.write(batch, written);
        if (write.compareAndSet(PENDING, RETURNED)) {
            listener.onSlow();
            return false;
        }
        onTaken();
        return true;
    }

    private void onWritten() {
        if (!write.compareAndSet(PENDING, DONE)) {
            write.set(DONE);
            onTaken();
            drain();
        }
    }

    private void onTaken() {
        queue.onWritten(budget);
        report.update();
        if (isDrained()) {
            drainedBelow = -1;
            listener.onDrained();
        }
    }

    private List<byte[]> nextBatch() {
        List<byte[]> batch = new ArrayList<>(4);
        int batchBytes = 0;
        for (OutboxQueue.Node next = queue.first(); next != null && batchBytes < WRITE_BYTES; next = queue.first()) {
            byte[] encoded = encode(next);
            if (encoded != null) {
                batch.add(encoded);
                batchBytes += encoded.length;
            }
            queue.take(next);
        }
        if (batch.isEmpty()) {
            onTaken();
        } else {
            TransportCounters sent = counters.of(connection.transport());
            sent.add(TransportCounter.MESSAGES_SENT, batch.size());
            sent.add(TransportCounter.BYTES_SENT, batchBytes);
            if (batchBytes > WRITE_BYTES) {
                queue.countEncoded(batchBytes, budget);
            }
        }
        return batch;
    }

    private byte @Nullable [] encode(OutboxQueue.Node node) {
        OnceEncodedEvent shared = node.shared;
        FromRouter message = shared == null ? node.message : shared.event();
        if (message == null) {
            return null;
        }
        try {
            byte[] encoded = shared == null ? encode(message) : shared.bytes(codecs, connection.serializer(), form);
            if (encoded.length <= receiveLimitBytes) {
                return encoded;
            }
            listener.onUndeliverable(message, new TooLarge(encoded.length, receiveLimitBytes));
        } catch (UnrepresentableException problem) {
            listener.onUndeliverable(
                    message, new OutboxListener.Problem.Unrepresentable(String.valueOf(problem.getMessage())));
        }
        return null;
    }

    private byte[] encode(FromRouter message) throws UnrepresentableException {
        byte[] plain = codecs.encode(message, connection.serializer());
        return form == null ? plain : form.of(plain);
    }

    /**
     * Returns the sequence number of the unfinished write; 0 if there is none. If a sweep sees the same number twice, the client took no
     * bytes in between.
     */
    @Override
    public int writeOnItsWay() {
        return draining.get() && write.get() == RETURNED ? writesBegun : 0;
    }
}
