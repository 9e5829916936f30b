package io.junctor.server.longpoll;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.eclipse.jetty.io.Content;

/** Reads the body of one request as it arrives, up to a limit. Jetty runs this task on one thread at a time. */
final class BodyReader implements Runnable {
    /** Receives the outcome of reading a body; exactly one method is called. */
    interface Listener {
        void onBody(byte[] body);

        void onTooLarge(int limitBytes);

        /** Called if the client disconnected, or the body did not arrive in time. */
        void onLost();
    }

    private static final byte[] NOTHING = {};

    private final Content.Source source;
    private final int limitBytes;
    private final IntConsumer arrivedBytes;
    private final Listener listener;
    private byte[] body = NOTHING;
    private int bodyBytes;

    /** @param arrivedBytes receives the size of the memory that the arrived bytes take */
    BodyReader(Content.Source source, int limitBytes, IntConsumer arrivedBytes, Listener listener) {
        this.source = source;
        this.limitBytes = limitBytes;
        this.arrivedBytes = arrivedBytes;
        this.listener = listener;
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                source.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                listener.onLost();
                return;
            }
            int bytes = chunk.remaining();
            if (bytes > limitBytes - bodyBytes) {
                chunk.release();
                listener.onTooLarge(limitBytes);
                return;
            }
            append(chunk, bytes);
            if (chunk.isLast()) {
                listener.onBody(bodyBytes == body.length ? body : Arrays.copyOf(body, bodyBytes));
                return;
            }
            arrivedBytes.accept(body.length);
        }
    }

    /** Appends a chunk. If the array is too small, its size doubles, so that growing copies fewer bytes than the body contains. */
    private void append(Content.Chunk chunk, int bytes) {
        if (bytes > body.length - bodyBytes) {
            int room = Math.max(bodyBytes + bytes, (int) Math.min(limitBytes, 2L * body.length));
            body = Arrays.copyOf(body, room);
        }
        chunk.getByteBuffer().get(body, bodyBytes, bytes);
        bodyBytes += bytes;
        chunk.release();
    }
}
