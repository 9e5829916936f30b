package io.junctor.server.framing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.turn.Pass;
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
 * Sends the frames of one connection: messages, pings and pongs between them, and the close frame as the last one.
 * Thread-safe.
 *
 * <p>One thread at a time drains, which means that it sends what is queued. It is the first thread that adds a frame while no other
 * thread drains; it also sends the frames that other threads add meanwhile. It sends chunks, each by one system call. While the
 * transport accepts no bytes, the writer holds a copy of at most {@link #KEPT_BYTES} and copies the other bytes from the messages later.
 */
final class MessageWriter implements Callback {
    private static final int CHUNK_BYTES = 1 << 16;
    /** The most bytes of pongs in a chunk, which leaves room for a ping and a close frame. */
    private static final int PONG_BYTES = CHUNK_BYTES - (1 << 8);

    private static final int KEPT_BYTES = 1 << 12;
    private static final byte[] NOTHING = {};
    /** The counter while no write is blocked; each blocked write has its own counter. */
    private static final AtomicInteger NONE = new AtomicInteger();

    private final EndPoint endPoint;
    private final ByteBufferPool pool;
    private final Framing framing;
    private final FramedConnection connection;

    @GuardedBy("this")
    private @Nullable MessageBatch batch;

    @GuardedBy("this")
    private @Nullable Runnable batchDone;

    @GuardedBy("this")
    private final PongQueue pongs = new PongQueue();

    @GuardedBy("this")
    private boolean pingWanted;

    @GuardedBy("this")
    private byte @Nullable [] closeFrame;

    /** Whether a thread drains, or {@link #succeeded} will continue to drain. Stays true after the close frame. */
    @GuardedBy("this")
    private boolean draining;

    @GuardedBy("this")
    private boolean abandoned;

    // Confined to the thread that drains.
    private boolean pingInChunk;
    private boolean closeInChunk;
    private AtomicInteger completions = NONE;

    MessageWriter(EndPoint endPoint, ByteBufferPool pool, Framing framing, FramedConnection connection) {
        this.endPoint = endPoint;
        this.pool = pool;
        this.framing = framing;
        this.connection = connection;
    }

    /**
     * Sends messages. {@code done} runs when they are written or discarded; only then may this method be called again.
     */
    void write(List<byte[]> messages, Runnable done) {
        boolean refused;
        boolean drain = false;
        synchronized (this) {
            refused = abandoned || closeFrame != null;
            if (!refused) {
                batch = new MessageBatch(messages, framing);
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

    /** Queues the answer to a ping. It replaces the queued answers unless each ping gets one. The caller must then call {@link #sendPongs}. */
    synchronized void addPong(byte[] frame) {
        if (!framing.answersEachPing()) {
            pongs.clear();
        }
        pongs.add(frame);
    }

    /** Sends the queued answers to pings. Returns how many bytes are held for answers that the transport has not accepted. */
    int sendPongs() {
        boolean drain;
        synchronized (this) {
            drain = pongs.size() > 0 && startDraining();
        }
        if (drain) {
            drain();
        }
        synchronized (this) {
            return pongs.heldBytes();
        }
    }

    /** Returns how many bytes of answers to pings wait for the transport. */
    synchronized int pongBytes() {
        return pongs.size();
    }

    /** Sends a close frame, which may be empty, after the messages. Only the first call has an effect. */
    void close(byte[] lastFrame) {
        boolean drain = false;
        synchronized (this) {
            if (closeFrame == null) {
                closeFrame = lastFrame;
                drain = startDraining();
            }
        }
        if (drain) {
            drain();
        }
    }

    /** Discards all queued frames because the transport is lost. */
    void abandon() {
        Runnable done;
        synchronized (this) {
            abandoned = true;
            done = batchDone;
            batchDone = null;
            batch = null;
            pongs.clear();
        }
        if (done != null) {
            done.run();
        }
    }

    @GuardedBy("this")
    private boolean startDraining() {
        if (draining || abandoned) {
            return false;
        }
        draining = true;
        return true;
    }

    private void drain() {
        try {
            while (sendChunk()) {
                // The whole chunk was sent.
            }
        } catch (IOException | RuntimeException | Error e) {
            connection.onWriteFailed(e);
        }
    }

    /** Sends one chunk. Returns false if this thread has nothing more to send. */
    private boolean sendChunk() throws IOException {
        byte[] controls;
        MessageBatch messages;
        synchronized (this) {
            messages = batch;
            controls = messages == null || messages.isBetweenFrames() ? takeControls() : NOTHING;
            if (abandoned || (controls.length == 0 && messages == null && !closeInChunk)) {
                draining = false;
                return false;
            }
        }
        long bytes = controls.length + (messages == null ? 0 : messages.bytesLeft());
        RetainableByteBuffer chunk = pool.acquire(Math.clamp(bytes, 1, CHUNK_BYTES), true);
        try {
            ByteBuffer out = chunk.getByteBuffer();
            BufferUtil.clearToFill(out);
            out.put(controls);
            // If the pongs fill the chunk, the last pong may be cut, and nothing may be sent between its parts.
            if (messages != null && controls.length < PONG_BYTES) {
                messages.copyTo(out);
            }
            out.flip();
            return endPoint.flush(out) ? chunkSent() : keep(out, controls.length, messages);
        } finally {
            chunk.release();
        }
    }

    @GuardedBy("this")
    private byte[] takeControls() {
        byte[] controls = pongs.take(PONG_BYTES);
        if (pongs.size() > 0) {
            return controls;
        }
        if (pingWanted) {
            pingWanted = false;
            pingInChunk = true;
            controls = joined(controls, framing.ping());
        }
        if (closeFrame != null && batch == null) {
            closeInChunk = true;
            controls = joined(controls, closeFrame);
        }
        return controls;
    }

    /**
     * Gives the transport a small copy to write later. Returns true if the copy is already written and there may be more
     * to send.
     */
    private boolean keep(ByteBuffer rest, int controlBytes, @Nullable MessageBatch messages) {
        int kept = Math.min(rest.remaining(), Math.max(KEPT_BYTES, controlBytes - rest.position()));
        if (messages != null) {
            messages.rewind(rest.remaining() - kept);
        }
        byte[] copy = new byte[kept];
        rest.get(copy);
        completions = new AtomicInteger();
        endPoint.write(this, ByteBuffer.wrap(copy));
        // This thread and the callback both arrive here; the later one goes on, so that callbacks do not nest.
        return completions.incrementAndGet() == 2 && chunkSent();
    }

    /** Reports the frames of the chunk as sent. Returns whether there may be more to send. */
    private boolean chunkSent() {
        if (pingInChunk) {
            pingInChunk = false;
            connection.onPingSent();
        }
        if (closeInChunk) {
            connection.onCloseSent();
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

    /** Goes on after the transport has written the held bytes. */
    @Override
    public void succeeded() {
        if (completions.incrementAndGet() == 2) {
            Pass pass = Pass.open();
            try {
                connection.onUnblocked();
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
        connection.onWriteFailed(cause);
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
