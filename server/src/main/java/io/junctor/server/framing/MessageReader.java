package io.junctor.server.framing;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.transport.MessageReceiver;
import io.junctor.router.memory.IncomingMessageBudget;
import io.junctor.router.turn.Pass;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.tls.TlsConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the messages of one connection and delivers each message when the receiver has demanded it. Thread-safe.
 *
 * <p>One thread at a time reads. The state describes the activity of that thread:
 * <pre>
 *   READING     a thread reads and parses, or will at once; the receiver has demanded a message
 *   DELIVERING  the same thread is inside the receiver, which has not demanded the next message yet
 *   WAITING     no thread reads: the transport calls when bytes have arrived
 *   PAUSED      no thread reads: the receiver has not demanded a message
 *   ENDED       nothing is read any more
 *
 *   READING -> DELIVERING -> READING (by demand) or PAUSED
 *   PAUSED -> READING (by demand),  READING -> WAITING -> READING,  any -> ENDED
 * </pre>
 *
 * <p>The thread that changes the state from WAITING or PAUSED becomes the reading thread. The thread that finds the
 * transport lost first writes {@link #endCause}. Then the reading thread notifies the receiver; if no thread reads, the
 * thread that wrote the cause does so. So no two threads call the receiver at the same time, and nothing calls the receiver after its
 * {@code onClosed}.
 */
final class MessageReader implements Callback, Runnable {
    private enum State {
        READING,
        DELIVERING,
        WAITING,
        PAUSED,
        ENDED
    }

    private static final Logger LOG = LoggerFactory.getLogger(MessageReader.class);
    private static final int INPUT_BYTES = 1 << 16;
    private static final int PASS_MESSAGES = 256;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final FramedConnection connection;
    private final EndPoint endPoint;
    private final @Nullable TlsConnection tls;
    private final Executor executor;
    private final ByteBufferPool pool;
    private final AtomicReference<State> state = new AtomicReference<>(State.DELIVERING);
    private final AtomicReference<@Nullable String> endCause = new AtomicReference<>();

    /** The largest message: any thread sets it, the reading thread reads it. */
    private volatile int limitBytes = ListenerLimits.HANDSHAKE_BYTES;

    // The fields below are confined to the reading thread; a change of the state passes them to the next reading
    // thread.
    private final Framing framing;
    /** Bytes that were read but not parsed. */
    private ByteBuffer leftover = NOTHING;

    /** This connection's share of the memory that incoming messages of all connections may hold. */
    private final IncomingMessageBudget.Share share;

    private int deliveredBytes;
    /** The reading thread while it is inside the receiver, or null. Each thread compares it only with itself. */
    private @Nullable Thread delivering;

    private int messagesInPass;
    private @Nullable String violation;
    private boolean told;

    @SuppressWarnings("NullAway.Init") // Set by open() before the first read.
    private MessageReceiver receiver;

    MessageReader(FramedConnection connection, EndPoint endPoint, WampConnector connector, Framing framing) {
        this.connection = connection;
        this.endPoint = endPoint;
        this.tls = TlsConnection.of(endPoint);
        this.executor = connector.getExecutor();
        this.pool = connector.getByteBufferPool();
        this.framing = framing;
        this.share = connector.context().limit().incoming().share(connection::onIncomingRefused);
    }

    /** Takes the bytes that arrived after the opening handshake. */
    void onOpening(ByteBuffer bytes) {
        leftover = copy(bytes);
    }

    /** Asks {@code acceptor} for the receiver and begins to read. */
    void open(Supplier<MessageReceiver> acceptor) {
        Pass pass = Pass.open();
        try {
            receiver = acceptor.get();
            if (state.compareAndSet(State.DELIVERING, State.PAUSED)) {
                tellIfIdle();
            } else if (hasUnparsed()) {
                read();
            } else {
                awaitBytes();
            }
        } finally {
            pass.close();
        }
    }

    /** Returns whether the next message may be complete without more bytes. */
    private boolean hasUnparsed() {
        return leftover.hasRemaining() || framing.hasNext();
    }

    /** The receiver demands one more message. */
    void demand() {
        if (delivering == Thread.currentThread()) {
            // No other thread changes the state while this thread is inside the receiver and the receiver has not
            // demanded a message.
            state.setRelease(State.READING);
        } else if (!state.compareAndSet(State.DELIVERING, State.READING)
                && state.compareAndSet(State.PAUSED, State.READING)) {
            if (hasUnparsed()) {
                readLater();
            } else {
                awaitBytes();
            }
        }
    }

    void maxMessageBytes(int bytes) {
        limitBytes = bytes;
    }

    int maxMessageBytes() {
        return limitBytes;
    }

    /** Returns whether reading is paused because the receiver has not demanded a message. */
    boolean isPaused() {
        State now = state.get();
        return now == State.PAUSED || now == State.DELIVERING;
    }

    /** Notes why the connection ends; only the first cause is kept. The caller must then call {@link #tellIfIdle}. */
    void noteEnd(String cause) {
        endCause.compareAndSet(null, cause);
    }

    /** Passes the noted cause to the receiver, unless a thread reads: then that thread does so. */
    void tellIfIdle() {
        String cause = endCause.get();
        if (cause != null
                && (state.compareAndSet(State.WAITING, State.ENDED)
                        || state.compareAndSet(State.PAUSED, State.ENDED))) {
            tellClosed(cause);
        }
    }

    /** Reads, because the transport has received bytes. Runs on the thread of its selector. */
    @Override
    public void succeeded() {
        if (state.compareAndSet(State.WAITING, State.READING)) {
            run();
        }
    }

    @Override
    public void failed(Throwable failure) {
        connection.onTransportLost("the connection broke");
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void run() {
        Pass pass = Pass.open();
        try {
            read();
        } finally {
            pass.close();
        }
    }

    private void read() {
        messagesInPass = 0;
        try {
            if (!hasUnparsed() || parse(leftover)) {
                fillAndParse();
            }
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("the router ends the connection of {}: reading failed", connection.peer(), e);
            connection.onTransportLost("the router failed");
            end();
        }
    }

    /** Reads from the transport; {@link #leftover} contains at most an incomplete frame. */
    private void fillAndParse() throws IOException {
        RetainableByteBuffer buffer = pool.acquire(INPUT_BYTES, true);
        try {
            ByteBuffer in = buffer.getByteBuffer();
            BufferUtil.append(in, leftover);
            int filledBytes = 0;
            while (mayFill(filledBytes)) {
                int bytes = fill(in);
                if (bytes == 0) {
                    break;
                }
                filledBytes += bytes;
                if (!parse(in)) {
                    return;
                }
            }
            release(in);
            awaitBytes();
        } finally {
            buffer.release();
        }
    }

    /** Parses the complete frames. Returns false if this thread is no longer the reading thread. */
    private boolean parse(ByteBuffer in) {
        while (endCause.get() == null) {
            byte[] message = next(in);
            if (message == null) {
                if (endCause.get() == null) {
                    return true;
                }
                break;
            }
            deliver(message);
            if (state.get() == State.DELIVERING && pause(in)) {
                return false;
            }
            messagesInPass++;
            if (messagesInPass == PASS_MESSAGES || Pass.current().isSpent()) {
                release(in);
                readLater();
                return false;
            }
        }
        end();
        return false;
    }

    private void deliver(byte[] message) {
        deliveredBytes = message.length;
        state.setRelease(State.DELIVERING);
        delivering = Thread.currentThread();
        try {
            receiver.onMessage(message);
        } finally {
            delivering = null;
        }
    }

    private byte @Nullable [] next(ByteBuffer in) {
        if (connection.isClosing()) {
            framing.skipMessages();
        }
        if (violation == null) {
            byte[] message = framing.next(in, limitBytes, connection);
            if (violation == null) {
                return message;
            }
            tellClosed(violation);
        }
        BufferUtil.clear(in);
        return null;
    }

    /** Ends delivery because the client broke the rules of framing. Called by the framing. */
    void onViolation(String reason) {
        violation = reason;
    }

    /** Reports a violation for which WAMP has a message, and discards the messages after it. Called by the framing. */
    void onFault(String problem) {
        framing.skipMessages();
        state.set(State.DELIVERING);
        receiver.onFault(problem);
        state.set(State.READING);
    }

    /**
     * Returns whether to read from the transport again. Normally the thread serves other connections after one read. But TLS is read again
     * while it holds complete records, because one read decrypts only one record.
     */
    private boolean mayFill(int filledBytes) {
        return filledBytes == 0 || (tls != null && filledBytes > 0 && filledBytes < INPUT_BYTES && tls.hasMore());
    }

    private int fill(ByteBuffer in) throws IOException {
        int bytes = endPoint.fill(in);
        if (bytes > 0) {
            connection.onBytesRead(bytes);
        } else if (bytes < 0) {
            connection.onTransportLost("the client closed the connection");
        }
        return bytes;
    }

    /** Stops reading until the receiver demands a message. Returns false if the receiver has demanded one meanwhile. */
    private boolean pause(ByteBuffer in) {
        release(in);
        boolean paused = state.compareAndSet(State.DELIVERING, State.PAUSED);
        if (paused) {
            tellIfIdle();
        }
        return paused;
    }

    private void awaitBytes() {
        state.set(State.WAITING);
        endPoint.fillInterested(this);
        tellIfIdle();
    }

    private void readLater() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) {
            connection.onTransportLost("the router stops");
            end();
        }
    }

    /** Keeps the unparsed bytes and answers pings before this thread may stop being the reading thread. */
    private void release(ByteBuffer in) {
        Pass.current().settle();
        // If bytes remain over several messages, they are copied again only when three quarters of their buffer are
        // parsed.
        if (in != leftover || in.remaining() < in.capacity() / 4) {
            leftover = in.hasRemaining() ? copy(in.duplicate()) : NOTHING;
        }
        int pongBytes = connection.answerPings();
        // The receiver holds the last delivered message until it demands the next one.
        share.hold(framing.heldBytes()
                + pongBytes
                + leftover.remaining()
                + (state.get() == State.DELIVERING ? deliveredBytes : 0));
    }

    private void end() {
        state.set(State.ENDED);
        tellClosed(String.valueOf(endCause.get()));
    }

    private void tellClosed(String cause) {
        if (!told) {
            told = true;
            framing.skipMessages();
            share.hold(0);
            Pass.run(() -> receiver.onClosed(cause));
        }
    }

    private static ByteBuffer copy(ByteBuffer buffer) {
        return ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
    }
}
