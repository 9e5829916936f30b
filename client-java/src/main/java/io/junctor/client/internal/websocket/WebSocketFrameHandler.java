package io.junctor.client.internal.websocket;

import io.junctor.client.internal.TransportListener;
import io.junctor.client.internal.http.SharedJettyClient.Lease;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.DataFormatException;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.exception.MessageTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Receives the frames of one WebSocket from Jetty, one at a time on demand, joins the frames of a message within the
 * size limit and delivers messages. Jetty may report the end of the connection at any time.
 */
final class WebSocketFrameHandler implements FrameHandler {
    private static final int CLOSE_WAIT_SECONDS = 5;

    /** The listener to which a message goes, and whether messages are text. */
    private record MessageTarget(TransportListener listener, boolean text) {}

    private final int limitBytes;
    private final Lease lease;
    private final CompletableFuture<MessageTarget> started = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable CoreSession session;

    // Used by onFrame only.
    private @Nullable ByteArrayOutputStream parts;
    private @Nullable IncrementalUtf8Check textCheck;
    private boolean text;
    private boolean compressed;

    /** Creates a handler that releases {@code lease} when the connection has ended. */
    WebSocketFrameHandler(int limitBytes, Lease lease) {
        this.limitBytes = limitBytes;
        this.lease = lease;
    }

    /** Sets the listener, and whether messages are text frames. No frame is requested before this call. */
    void start(TransportListener listener, boolean asText) {
        started.complete(new MessageTarget(listener, asText));
    }

    /** Ends the connection, if it is open, and reports the cause to the listener. */
    void drop(String cause) {
        CoreSession open = session;
        if (open != null) {
            open.abort();
        }
        closed(cause);
        lease.release();
    }

    static String describe(Throwable failure) {
        return failure instanceof ClosedChannelException
                ? "the connection has ended"
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        session = opened;
        if (closed.get()) {
            // The attempt to connect was given up before.
            opened.abort();
        }
        callback.succeeded();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        switch (frame.getOpCode()) {
            case OpCode.TEXT, OpCode.BINARY -> {
                text = frame.getOpCode() == OpCode.TEXT;
                compressed = frame.isRsv1();
                onData(frame);
            }
            case OpCode.CONTINUATION -> {
                if (frame.isRsv1()) {
                    close(CloseStatus.PROTOCOL, "the router marked the continuation of a message as compressed");
                } else {
                    onData(frame);
                }
            }
            case OpCode.PING -> onPing(frame);
            case OpCode.PONG -> {
                target().listener.onPong();
                demand();
            }
            case OpCode.CLOSE -> onClose(CloseStatus.getCloseStatus(frame));
            default -> throw new IllegalArgumentException("frame with opcode " + frame.getOpCode());
        }
        callback.succeeded();
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        closed(cause instanceof MessageTooLargeException ? tooLarge() : describe(cause));
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        closed("closed with code " + status.getCode());
        lease.release();
        callback.succeeded();
    }

    private void onData(Frame frame) {
        ByteBuffer payload = frame.getPayload();
        ByteArrayOutputStream earlier = parts;
        int sentLimitBytes = compressed ? MessageDeflation.maxBytes(limitBytes) : limitBytes;
        if (payload.remaining() + (earlier == null ? 0 : earlier.size()) > sentLimitBytes) {
            close(CloseStatus.MESSAGE_TOO_LARGE, tooLarge());
            return;
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        if (earlier == null && frame.isFin()) {
            arrived(bytes);
            return;
        }
        ByteArrayOutputStream all = earlier == null ? new ByteArrayOutputStream() : earlier;
        all.writeBytes(bytes);
        if (!isText(frame, bytes)) {
            close(CloseStatus.BAD_PAYLOAD, "the router sent text that is not UTF-8");
            return;
        }
        parts = frame.isFin() ? null : all;
        if (frame.isFin()) {
            arrived(all.toByteArray());
        } else {
            demand();
        }
    }

    /** Handles a whole message. */
    private void arrived(byte[] message) {
        if (!compressed) {
            deliver(message);
            return;
        }
        try {
            deliver(new MessageDeflation(lease.client().getWebSocketComponents()).inflate(message, limitBytes));
        } catch (MessageDeflation.MessageTooLargeException e) {
            close(CloseStatus.MESSAGE_TOO_LARGE, tooLarge());
        } catch (DataFormatException e) {
            close(CloseStatus.BAD_PAYLOAD, "the router sent a message that cannot be decompressed: " + e.getMessage());
        }
    }

    private void deliver(byte[] message) {
        MessageTarget target = target();
        if (text == target.text) {
            target.listener.onMessage(message);
        } else {
            target.listener.onFault(text ? "text frame on a binary subprotocol" : "binary frame on a text subprotocol");
        }
    }

    /** Answers a ping. The ping was not the requested message, so the handler requests another frame. */
    private void onPing(Frame ping) {
        byte[] content = new byte[ping.getPayloadLength()];
        ping.getPayload().get(content);
        // If this fails, Jetty reports the end of the connection.
        session().sendFrame(new Frame(OpCode.PONG, ByteBuffer.wrap(content)), Callback.NOOP, false);
        demand();
    }

    /** Answers the router's close frame with the same code, after all messages that are still being written. */
    private void onClose(CloseStatus status) {
        String reason = status.getReason();
        close(
                status.getCode(),
                "closed by the router with code " + status.getCode()
                        + (reason == null || reason.isEmpty() ? "" : " (" + reason + ")"));
    }

    /** Closes the WebSocket and reports the cause to the listener; a close that Jetty reports meanwhile is ignored. */
    private void close(int closeCode, String cause) {
        boolean isFirst = closed.compareAndSet(false, true);
        session().close(closeCode, null, Callback.NOOP);
        if (isFirst) {
            tellClosed(cause);
        }
        dropSoon();
    }

    /** Checks a frame of a text message, except the last frame: the whole message is checked when it is decoded. */
    private boolean isText(Frame frame, byte[] bytes) {
        if (!text || compressed || frame.isFin()) {
            textCheck = null;
            return true;
        }
        IncrementalUtf8Check begun = textCheck == null ? new IncrementalUtf8Check() : textCheck;
        textCheck = begun;
        return begun.continuesWith(bytes);
    }

    /** Ends the connection after some seconds: until then the close frame may wait behind messages that the router does not read. */
    private void dropSoon() {
        Scheduler scheduler = lease.client().getHttpClient().getScheduler();
        scheduler.schedule(() -> drop("dropped"), CLOSE_WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Reports the end of the connection to the listener, once. */
    private void closed(String cause) {
        if (closed.compareAndSet(false, true)) {
            tellClosed(cause);
        }
    }

    private void tellClosed(String cause) {
        var unused = started.thenAccept(target -> target.listener.onClosed(cause));
    }

    private String tooLarge() {
        return "the router sent a message of more than " + limitBytes + " bytes";
    }

    private void demand() {
        session().demand();
    }

    private CoreSession session() {
        CoreSession open = session;
        if (open == null) {
            throw new IllegalStateException("the WebSocket is not open");
        }
        return open;
    }

    /** Returns the target. Its future is complete, because no frame arrives before one was requested. */
    private MessageTarget target() {
        return started.join();
    }
}
