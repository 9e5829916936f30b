package io.junctor.server.websocket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.turn.Pass;
import io.junctor.websocket.ControlFrame;
import io.junctor.websocket.FrameBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads. Sends the frames of one WebSocket: messages, and between them pings, pongs and at last the close frame.
 *
 * <p>One thread at a time drains, whichever came when nobody did; what others add meanwhile goes with its next chunk. A
 * chunk is one system call. While the transport takes no more, only {@link #KEPT_BYTES} are held in a copy; the rest
 * stays where it is and is copied again.
 */
final class WebSocketWriter implements Callback {
    /** What the owner is told, by the thread that drains. */
    interface Listener {
        /** The peer took bytes after it had taken none for a while. */
        void onUnblocked();

        /** A ping is out. */
        void onPingSent();

        /** The close frame is out; nothing comes after it. */
        void onCloseSent();

        /** The transport is lost. */
        void onLost(Throwable cause);
    }

    private static final int CHUNK_BYTES = 1 << 16;
    private static final int KEPT_BYTES = 1 << 12;
    private static final byte[] NOTHING = {};

    private final EndPoint endPoint;
    private final ByteBufferPool pool;
    private final boolean text;
    private final Listener listener;

    @GuardedBy("this")
    private @Nullable FrameBatch batch;

    @GuardedBy("this")
    private @Nullable Runnable batchDone;

    @GuardedBy("this")
    private byte @Nullable [] pong;

    @GuardedBy("this")
    private boolean pingWanted;

    @GuardedBy("this")
    private byte @Nullable [] closeFrame;

    /** Somebody drains, or the transport does and {@link #succeeded} goes on; stays true after the close frame. */
    @GuardedBy("this")
    private boolean draining;

    @GuardedBy("this")
    private boolean gone;

    // Of the thread that drains.
    private boolean pingInChunk;
    private boolean closeInChunk;
    private AtomicInteger handOver = new AtomicInteger();

    WebSocketWriter(EndPoint endPoint, ByteBufferPool pool, boolean text, Listener listener) {
        this.endPoint = endPoint;
        this.pool = pool;
        this.text = text;
        this.listener = listener;
    }

    /** Sends messages; {@code done} runs once they are taken or can be no more. Called again after that only. */
    void write(List<byte[]> messages, Runnable done) {
        boolean refused;
        boolean drain = false;
        synchronized (this) {
            refused = gone || closeFrame != null;
            if (!refused) {
                batch = new FrameBatch(messages, text);
                batchDone = done;
                drain = startDraining();
            }
        }
        if (refused) {
            done.run();
        } else if (drain) {
            drain();
        }
    }

    /** Sends a ping. */
    void ping() {
        boolean drain;
        synchronized (this) {
            pingWanted = true;
            drain = startDraining();
        }
        if (drain) {
            drain();
        }
    }

    /** Answers a ping; the latest counts where several wait (RFC 6455, section 5.5.3). */
    void pong(byte[] payload) {
        boolean drain;
        synchronized (this) {
            pong = ControlFrame.pong(payload);
            drain = startDraining();
        }
        if (drain) {
            drain();
        }
    }

    /** Sends a close frame after everything else; only the first call counts. */
    void close(int code, String reason) {
        boolean drain = false;
        synchronized (this) {
            if (closeFrame == null) {
                closeFrame = ControlFrame.close(code, reason);
                drain = startDraining();
            }
        }
        if (drain) {
            drain();
        }
    }

    /** The transport is gone: nothing is sent any more, and nobody waits for it. */
    void abandon() {
        Runnable done;
        synchronized (this) {
            gone = true;
            done = batchDone;
            batchDone = null;
            batch = null;
        }
        if (done != null) {
            done.run();
        }
    }

    @GuardedBy("this")
    private boolean startDraining() {
        if (draining || gone) {
            return false;
        }
        draining = true;
        return true;
    }

    private void drain() {
        try {
            while (sendChunk()) {
                // All of the chunk is out.
            }
        } catch (IOException | RuntimeException e) {
            listener.onLost(e);
        }
    }

    /** Sends what fits one chunk; false where nothing is left to do for this thread. */
    private boolean sendChunk() throws IOException {
        byte[] controls;
        FrameBatch messages;
        synchronized (this) {
            messages = batch;
            controls = messages == null || messages.isBetweenFrames() ? takeControls() : NOTHING;
            if (gone || (controls.length == 0 && messages == null)) {
                draining = false;
                return false;
            }
        }
        long bytes = controls.length + (messages == null ? 0 : messages.bytesLeft());
        RetainableByteBuffer chunk = pool.acquire((int) Math.min(bytes, CHUNK_BYTES), true);
        try {
            ByteBuffer out = chunk.getByteBuffer();
            BufferUtil.clearToFill(out);
            out.put(controls);
            if (messages != null) {
                messages.copyTo(out);
            }
            out.flip();
            return endPoint.flush(out) ? chunkSent() : keep(out, messages);
        } finally {
            chunk.release();
        }
    }

    @GuardedBy("this")
    private byte[] takeControls() {
        byte[] controls = NOTHING;
        if (pong != null) {
            controls = pong;
            pong = null;
        }
        if (pingWanted) {
            pingWanted = false;
            pingInChunk = true;
            controls = joined(controls, ControlFrame.ping());
        }
        if (closeFrame != null && batch == null) {
            closeInChunk = true;
            controls = joined(controls, closeFrame);
        }
        return controls;
    }

    /** Waits for the transport with a small copy; true where it took that at once. */
    private boolean keep(ByteBuffer rest, @Nullable FrameBatch messages) {
        int kept = Math.min(rest.remaining(), KEPT_BYTES);
        if (messages != null) {
            messages.rewind(rest.remaining() - kept);
        }
        byte[] copy = new byte[kept];
        rest.get(copy);
        handOver = new AtomicInteger();
        endPoint.write(this, ByteBuffer.wrap(copy));
        // Whoever comes second, this thread or the callback, goes on: so completion never nests.
        return handOver.incrementAndGet() == 2 && chunkSent();
    }

    /** True where there may be more to send. */
    private boolean chunkSent() {
        if (pingInChunk) {
            pingInChunk = false;
            listener.onPingSent();
        }
        if (closeInChunk) {
            listener.onCloseSent();
            return false;
        }
        Runnable done = null;
        synchronized (this) {
            if (batch != null && batch.bytesLeft() == 0) {
                done = batchDone;
                batch = null;
                batchDone = null;
            }
        }
        if (done != null) {
            done.run();
        }
        return true;
    }

    /** The transport took the kept bytes. */
    @Override
    public void succeeded() {
        if (handOver.incrementAndGet() == 2) {
            Pass pass = Pass.open();
            try {
                listener.onUnblocked();
                if (chunkSent()) {
                    drain();
                }
            } finally {
                pass.close();
            }
        }
    }

    @Override
    public void failed(Throwable cause) {
        listener.onLost(cause);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
