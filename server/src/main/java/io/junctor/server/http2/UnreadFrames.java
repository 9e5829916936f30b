package io.junctor.server.http2;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.memory.IncomingMessageBudget;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.server.connector.WampConnector;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http2.BufferingFlowControlStrategy;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/**
 * Counts toward {@link IncomingMessageBudget} the frames that have arrived in the streams of one HTTP/2 connection and are not read yet. Jetty keeps
 * these frames, as many as the flow-control windows allow. Thread-safe.
 *
 * <p>The count is the memory that the frames take, not the bytes that were sent: each frame takes {@link #FRAME_BYTES} for Jetty's
 * objects, and even a small frame keeps its whole receive buffer in memory.
 */
final class UnreadFrames extends BufferingFlowControlStrategy {
    /** The part of a window whose bytes must be read before Jetty renews the window; the same as Jetty's default. */
    private static final float RENEWED = 0.5f;

    /** The memory that a frame takes besides its receive buffer. */
    private static final int FRAME_BYTES = 256;

    private static final String REASON =
            "incoming messages of all connections hold more than limit incoming_heap_percent allows";

    private final Map<Stream, OfStream> streams = new ConcurrentHashMap<>();

    UnreadFrames() {
        super(RENEWED);
    }

    private static Http2EndPoint endPoint(Session session) {
        return (Http2EndPoint) ((HTTP2Session) session).getEndPoint();
    }

    @Override
    public void onStreamCreated(Stream stream) {
        super.onStreamCreated(stream);
        streams.put(stream, new OfStream(stream));
    }

    @Override
    public void onStreamDestroyed(Stream stream) {
        OfStream unread = streams.remove(stream);
        if (unread != null) {
            unread.clear();
        }
        super.onStreamDestroyed(stream);
    }

    /** Counts a frame that has arrived; Jetty is about to keep it. */
    @Override
    public void onDataReceived(Session session, Stream stream, int length) {
        super.onDataReceived(session, stream, length);
        OfStream unread = stream == null ? null : streams.get(stream);
        if (unread != null) {
            unread.add(endPoint(session));
        }
    }

    /** No longer counts a frame that was taken from Jetty. */
    @Override
    public void onDataConsumed(Session session, Stream stream, int length) {
        OfStream unread = stream == null ? null : streams.get(stream);
        if (unread != null) {
            unread.remove();
        }
        super.onDataConsumed(session, stream, length);
    }

    /** Notes whether the reader of a stream keeps a part of the frame that it took last. */
    void keepRest(Stream stream, boolean isKept) {
        OfStream unread = streams.get(stream);
        if (unread != null) {
            unread.keepRest(isKept);
        }
    }

    /** Ends the stream on another thread, because the calling thread may hold the lock of another stream. */
    private static void refuse(Stream stream) {
        Http2EndPoint endPoint = endPoint(stream.getSession());
        WampConnector connector = endPoint.connector();
        connector.getExecutor().execute(() -> {
            if (((HTTP2Stream) stream).getAttachment() instanceof StreamEndPoint webSocket) {
                webSocket.refuse(TransportCounter.INCOMING_REFUSED, REASON);
            } else {
                connector.refused(Transport.HTTP, TransportCounter.INCOMING_REFUSED, endPoint, REASON);
                ResetFrame reset = new ResetFrame(stream.getId(), ErrorCode.ENHANCE_YOUR_CALM_ERROR.code);
                stream.reset(reset, Callback.NOOP);
            }
        });
    }

    /** The unread frames of one stream, in the order in which they arrived. */
    private static final class OfStream {
        private final Stream stream;
        private final IncomingMessageBudget.Share share;

        /** The bytes that each frame takes. */
        @GuardedBy("this")
        private final ArrayDeque<Integer> frames = new ArrayDeque<>(1);

        @GuardedBy("this")
        private long bytes;

        /** The number of the receive buffer that contains the last frame. */
        @GuardedBy("this")
        private long buffer;

        @GuardedBy("this")
        private int bufferBytes;

        @GuardedBy("this")
        private boolean restIsKept;

        @GuardedBy("this")
        private boolean isCleared;

        OfStream(Stream stream) {
            this.stream = stream;
            this.share = endPoint(stream.getSession())
                    .connector()
                    .context()
                    .limit()
                    .incoming()
                    .share(() -> refuse(stream));
        }

        synchronized void add(Http2EndPoint endPoint) {
            boolean isAnotherBuffer = frames.isEmpty() || buffer != endPoint.buffer();
            buffer = endPoint.buffer();
            bufferBytes = endPoint.bufferBytes();
            int frameBytes = FRAME_BYTES + (isAnotherBuffer ? bufferBytes : 0);
            frames.add(frameBytes);
            bytes += frameBytes;
            count();
        }

        synchronized void remove() {
            Integer frameBytes = frames.poll();
            if (frameBytes != null) {
                bytes -= frameBytes;
                count();
            }
        }

        synchronized void keepRest(boolean isKept) {
            if (restIsKept != isKept) {
                restIsKept = isKept;
                count();
            }
        }

        synchronized void clear() {
            frames.clear();
            isCleared = true;
            count();
        }

        /** Updates the count. It ignores a single frame for which a WebSocket waits, because the WebSocket reads this frame at once. */
        @GuardedBy("this")
        private void count() {
            boolean isNothing = isCleared || (frames.size() == 1 && !restIsKept && isAwaited());
            share.hold(isNothing ? 0 : Math.toIntExact(bytes + (restIsKept ? bufferBytes : 0)));
        }

        private boolean isAwaited() {
            return ((HTTP2Stream) stream).getAttachment() instanceof StreamEndPoint webSocket
                    && webSocket.isFillInterested();
        }
    }
}
