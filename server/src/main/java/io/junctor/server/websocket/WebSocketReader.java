package io.junctor.server.websocket;

import io.junctor.router.audit.LogRateLimit;
import io.junctor.router.config.ListenerLimits;
import io.junctor.router.connection.IncomingBytes;
import io.junctor.router.connection.MessageReceiver;
import io.junctor.router.turn.Pass;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.tls.TlsConnection;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.CloseCode;
import io.junctor.websocket.FrameException;
import io.junctor.websocket.FrameReader;
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
 * Safe for use by many threads. Reads one WebSocket and calls its receiver. Reading belongs to one thread at a time:
 *
 * <pre>
 *   READING   a thread parses and fills, or is about to; the receiver wants a message
 *   SERVING   the same thread is in the receiver, which has not asked for the next message yet
 *   AWAITING  nobody reads: the transport calls when there is something
 *   PAUSED    nobody reads: the receiver calls demand() when it wants a message
 *   OVER      nothing is read any more
 *
 *   READING -> SERVING -> READING (by demand) or PAUSED
 *   PAUSED -> READING (by demand),  READING -> AWAITING -> READING,  any -> OVER
 * </pre>
 *
 * <p>Whoever moves the state away from AWAITING or PAUSED is the reader now. That the transport is lost is noted in {@code cause} first;
 * then the reader tells the receiver, or whoever noted it where nobody reads. So the receiver is never called by two threads at a
 * time, and never after it heard of the end.
 */
final class WebSocketReader implements Callback, Runnable {
    private enum State {
        READING,
        SERVING,
        AWAITING,
        PAUSED,
        OVER
    }

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketReader.class);
    private static final int INPUT_BYTES = 1 << 16;
    private static final int PASS_MESSAGES = 256;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final WebSocketConnection line;
    private final EndPoint endPoint;
    private final Executor executor;
    private final ByteBufferPool pool;
    private final Serializer serializer;
    private final LogRateLimit pace;
    private final AtomicReference<State> state = new AtomicReference<>(State.SERVING);
    private final AtomicReference<@Nullable String> cause = new AtomicReference<>();

    /** Written by any thread, read by the reader. */
    private volatile int limitBytes = ListenerLimits.HANDSHAKE_BYTES;

    // Of the reader; handed over by the state.
    private final FrameReader frames;
    /** What was read and not parsed, as long as a message is not asked for. */
    private ByteBuffer leftover = NOTHING;

    /** What this connection holds of messages, as all connections count it. */
    private final IncomingBytes.Share share;

    private int servedBytes;
    private int messagesInPass;
    private byte @Nullable [] ping;
    private boolean broken;
    private boolean told;

    @SuppressWarnings("NullAway.Init") // Set by open(), before anything is read.
    private MessageReceiver receiver;

    WebSocketReader(WebSocketConnection line, WampConnector door, Serializer serializer) {
        this.line = line;
        this.endPoint = line.getEndPoint();
        this.executor = door.getExecutor();
        this.pool = door.getByteBufferPool();
        this.serializer = serializer;
        this.pace = door.linePace();
        this.frames = FrameReader.ofClientFrames(serializer.isText());
        this.share = door.context().limit().incoming().share(line::refuseIncoming);
    }

    /** Takes bytes that came behind the handshake. */
    void keep(ByteBuffer bytes) {
        leftover = rest(bytes);
    }

    /** Finds the receiver and reads for the first time. */
    void open(Supplier<MessageReceiver> acceptor) {
        Pass pass = Pass.open();
        try {
            receiver = acceptor.get();
            if (state.compareAndSet(State.SERVING, State.PAUSED)) {
                end();
            } else {
                read();
            }
        } finally {
            pass.close();
        }
    }

    /** Asks for one more message. */
    void demand() {
        if (!state.compareAndSet(State.SERVING, State.READING) && state.compareAndSet(State.PAUSED, State.READING)) {
            if (!leftover.hasRemaining()) {
                await();
            } else {
                readLater();
            }
        }
    }

    void maxMessageBytes(int bytes) {
        limitBytes = bytes;
    }

    /** Whether the receiver has asked for no message, so that nothing of the client is seen. */
    boolean isPaused() {
        State now = state.get();
        return now == State.PAUSED || now == State.SERVING;
    }

    /** The transport is lost; {@link #end} follows. The first cause counts. */
    void note(String why) {
        cause.compareAndSet(null, why);
    }

    /** Tells the receiver what was noted, unless a thread reads, which does it instead. */
    void end() {
        String why = cause.get();
        if (why != null
                && (state.compareAndSet(State.AWAITING, State.OVER) || state.compareAndSet(State.PAUSED, State.OVER))) {
            tell(why);
        }
    }

    /** The transport has something to read; runs on its selector's thread. */
    @Override
    public void succeeded() {
        if (state.compareAndSet(State.AWAITING, State.READING)) {
            run();
        }
    }

    @Override
    public void failed(Throwable failure) {
        line.lost("the connection broke");
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Reads, as one pass. */
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
            if (!leftover.hasRemaining() || parse(leftover)) {
                fillAndParse();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("reading from {} failed", line.peer(), e);
            line.lost("the router failed");
            over();
        }
    }

    /** In front of what comes there is the beginning of a frame at most. */
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
            await(in);
        } finally {
            buffer.release();
        }
    }

    /** Parses until there is nothing whole; false where this thread is not the reader any more. */
    private boolean parse(ByteBuffer in) {
        while (cause.get() == null) {
            switch (next(in)) {
                case NOTHING -> {
                    return true;
                }
                case MESSAGE -> {
                    serve(frames.takeMessage());
                    if (state.get() == State.SERVING && pause(in)) {
                        return false;
                    }
                    messagesInPass++;
                    if (messagesInPass == PASS_MESSAGES || Pass.current().isSpent()) {
                        leave(in);
                        readLater();
                        return false;
                    }
                }
                case PING -> ping = frames.controlPayload();
                case PONG -> {}
                case CLOSE -> onPeerClose(frames.controlPayload());
                case WRONG_OPCODE -> refuseKind();
            }
        }
        over();
        return false;
    }

    private FrameReader.Found next(ByteBuffer in) {
        if (line.isClosing()) {
            frames.skipMessages();
        }
        if (!broken) {
            try {
                return frames.next(in, limitBytes);
            } catch (FrameException fault) {
                if (pace.admits(line.address())) {
                    LOG.info("{} is disconnected: {}", line.peer(), fault.reason());
                }
                broken = true;
                line.close(fault.closeCode(), fault.reason());
                tell(fault.reason());
            }
        }
        BufferUtil.clear(in);
        return FrameReader.Found.NOTHING;
    }

    /**
     * A second fill is left to the next time: so one client never holds this thread, and mostly there would be nothing. Except for TLS,
     * which fills one record at a time of those it has read.
     */
    private boolean mayFill(int filledBytes) {
        return filledBytes == 0 || (filledBytes > 0 && filledBytes < INPUT_BYTES && TlsConnection.hasMore(endPoint));
    }

    private int fill(ByteBuffer in) throws IOException {
        int bytes = endPoint.fill(in);
        if (bytes > 0) {
            line.onHeard();
        } else if (bytes < 0) {
            line.lost("the client closed the connection");
        }
        return bytes;
    }

    private void serve(byte[] message) {
        servedBytes = message.length;
        state.set(State.SERVING);
        receiver.onMessage(message);
    }

    private void refuseKind() {
        frames.skipMessages();
        state.set(State.SERVING);
        receiver.onFault(
                serializer.isText()
                        ? "a binary frame on subprotocol " + serializer.subprotocol() + ", which uses text frames"
                        : "a text frame on subprotocol " + serializer.subprotocol() + ", which uses binary frames");
        state.set(State.READING);
    }

    private void onPeerClose(byte[] payload) {
        int code = CloseCode.of(payload);
        note("the client closed with code " + code);
        line.onCloseReceived(
                code == CloseCode.NO_STATUS_RECEIVED || CloseCode.isSendable(code) ? code : CloseCode.PROTOCOL_ERROR);
    }

    /** Leaves reading until the receiver wants more; false where it does already. */
    private boolean pause(ByteBuffer in) {
        leave(in);
        if (!state.compareAndSet(State.SERVING, State.PAUSED)) {
            return false;
        }
        end();
        return true;
    }

    private void await(ByteBuffer in) {
        leave(in);
        await();
    }

    private void await() {
        state.set(State.AWAITING);
        endPoint.fillInterested(this);
        end();
    }

    private void readLater() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) {
            line.lost("the router stops");
            over();
        }
    }

    /** Keeps what was not parsed and answers the last ping: another thread may be the reader next. */
    private void leave(ByteBuffer in) {
        Pass.current().settle();
        // Bytes that stay for many messages are not copied for each, and do not keep much more than themselves.
        if (in != leftover || in.remaining() < in.capacity() / 4) {
            leftover = in.hasRemaining() ? rest(in.duplicate()) : NOTHING;
        }
        if (ping != null) {
            line.pong(ping);
            ping = null;
        }
        // A message that the receiver has not dealt with is kept until it asks for the next.
        int served = state.get() == State.SERVING ? servedBytes : 0;
        share.hold(frames.heldBytes() + leftover.remaining() + served);
    }

    private void over() {
        state.set(State.OVER);
        tell(String.valueOf(cause.get()));
    }

    private void tell(String why) {
        if (!told) {
            told = true;
            frames.skipMessages();
            share.hold(0);
            Pass pass = Pass.open();
            try {
                receiver.onClosed(why);
            } finally {
                pass.close();
            }
        }
    }

    private static ByteBuffer rest(ByteBuffer buffer) {
        return ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
    }
}
