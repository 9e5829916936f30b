package io.junctor.server.http2;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritePendingException;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that the router sends in a stream. Like the send buffer of a socket, it accepts up to {@link #FRAME_BYTES} that cannot be
 * sent yet, because the flow-control window or the socket is full. It accepts no more until these bytes are sent. Thread-safe.
 */
final class StreamOutput {
    /** The size of the largest frame that every client accepts (RFC 9113, section 4.2). */
    private static final int FRAME_BYTES = 1 << 14;

    private final HTTP2Stream stream;
    private final ByteBufferPool pool;

    /** Whether Jetty is sending a frame. */
    @GuardedBy("this")
    private boolean sending;

    /** The bytes to send next; {@code waitingCallback} completes when they are sent. Both fields are null, or neither. */
    @GuardedBy("this")
    private @Nullable ByteBuffer waiting;

    @GuardedBy("this")
    private @Nullable Callback waitingCallback;

    @GuardedBy("this")
    private boolean ending;

    @GuardedBy("this")
    private boolean failed;

    StreamOutput(HTTP2Stream stream, ByteBufferPool pool) {
        this.stream = stream;
        this.pool = pool;
    }

    /** Accepts bytes. Returns false if it has not accepted all; only {@link #write} notifies its caller when more are accepted. */
    boolean flush(ByteBuffer... buffers) throws IOException {
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining()) {
                if (!startSending()) {
                    return false;
                }
                send(copy(buffer));
            }
        }
        return true;
    }

    private synchronized boolean startSending() throws IOException {
        if (ending || failed) {
            throw new EOFException("the stream has ended");
        }
        boolean started = !sending;
        sending = true;
        return started;
    }

    private RetainableByteBuffer copy(ByteBuffer source) {
        RetainableByteBuffer frame = pool.acquire(Math.min(source.remaining(), FRAME_BYTES), true);
        ByteBuffer target = frame.getByteBuffer();
        BufferUtil.clearToFill(target);
        target.limit(Math.min(target.capacity(), FRAME_BYTES));
        BufferUtil.put(source, target);
        target.flip();
        return frame;
    }

    private void send(RetainableByteBuffer frame) {
        send(frame.getByteBuffer(), Callback.from(frame::release));
    }

    private void send(ByteBuffer bytes, Callback callback) {
        Callback sent = Callback.from(
                Callback.InvocationType.NON_BLOCKING, () -> onSent(callback), failure -> onFailed(callback, failure));
        stream.data(new DataFrame(stream.getId(), bytes, false), sent);
    }

    private void onSent(Callback callback) {
        ByteBuffer next;
        Callback nextCallback;
        boolean end;
        synchronized (this) {
            next = waiting;
            nextCallback = waitingCallback;
            waiting = null;
            waitingCallback = null;
            sending = next != null;
            end = ending && !sending;
        }
        callback.succeeded();
        if (next != null && nextCallback != null) {
            send(next, nextCallback);
        } else if (end) {
            sendEnd();
        }
    }

    private void onFailed(Callback callback, Throwable failure) {
        Callback nextCallback;
        synchronized (this) {
            failed = true;
            sending = false;
            nextCallback = waitingCallback;
            waiting = null;
            waitingCallback = null;
        }
        callback.failed(failure);
        if (nextCallback != null) {
            nextCallback.failed(failure);
        }
    }

    /** Sends bytes after the bytes that were accepted before. The caller must not change the buffers until {@code callback} is called. */
    void write(Callback callback, ByteBuffer... buffers) {
        Throwable problem = null;
        ByteBuffer bytes = buffers.length == 1 ? buffers[0] : joined(buffers);
        boolean now;
        synchronized (this) {
            now = !sending;
            if (ending || failed) {
                problem = new EOFException("the stream has ended");
            } else if (waiting != null) {
                problem = new WritePendingException();
            } else if (now) {
                sending = true;
            } else {
                waiting = bytes;
                waitingCallback = callback;
            }
        }
        if (problem != null) {
            callback.failed(problem);
        } else if (now) {
            send(bytes, callback);
        }
    }

    private static ByteBuffer joined(ByteBuffer... buffers) {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(BufferUtil.remaining(buffers)));
        for (ByteBuffer buffer : buffers) {
            all.put(buffer);
        }
        return all.flip();
    }

    synchronized boolean isEnding() {
        return ending;
    }

    /** Ends the stream when all accepted bytes are sent. Any thread may call it, more than once. */
    void end() {
        boolean now;
        synchronized (this) {
            now = !ending && !sending;
            ending = true;
        }
        if (now) {
            sendEnd();
        }
    }

    /** Resets the stream and discards unsent bytes. Returns the callback of a {@link #write} that still waited, or null. */
    @Nullable
    Callback cancel() {
        Callback canceled;
        synchronized (this) {
            failed = true;
            canceled = waitingCallback;
            waiting = null;
            waitingCallback = null;
        }
        reset();
        return canceled;
    }

    private void sendEnd() {
        DataFrame end = new DataFrame(stream.getId(), BufferUtil.EMPTY_BUFFER, true);
        stream.data(end, Callback.from(Callback.InvocationType.NON_BLOCKING, () -> {}, failure -> reset()));
    }

    /** Resets the stream and discards unsent bytes. Jetty limits resets per second, because clients can provoke them. */
    void reset() {
        if (!stream.isClosed()) {
            stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
        }
    }
}
