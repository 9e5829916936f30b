package io.junctor.server.http2;

import io.junctor.router.metrics.TransportCounter;
import io.junctor.server.connector.MultiplexedEndPoint;
import io.junctor.server.connector.WampConnector;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ReadPendingException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http2.HTTP2Channel;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A stream of HTTP/2 that acts as a socket (RFC 8441, section 5): bytes travel in its DATA frames, and the end of the stream
 * is the end of the socket. Thread-safe like every end point: one thread reads, one writes, any thread closes.
 *
 * <p>Jetty's own end point of streams is not used: it accepts no byte in {@link #flush}, does not notify its connection when the
 * client resets the stream, and leaves a stream open if the client does not end its half.
 */
final class StreamEndPoint implements MultiplexedEndPoint, HTTP2Channel.Server {
    private static final int NO_TIMEOUT = -1;

    /** The time that a client may take to receive the bytes before the end of the stream, and to end its half of the stream. */
    private static final long END_MILLIS = 5_000;

    /** The number of bytes that a client may send after the router has ended the stream. */
    private static final int MOST_DISCARDED_BYTES = 1 << 16;

    private final HTTP2Stream stream;
    private final EndPoint socket;
    private final WampConnector connector;
    private final StreamOutput output;
    private final UnreadFrames unread;
    private final Runnable onClosed;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final AtomicReference<@Nullable Callback> reader = new AtomicReference<>();

    /** A frame of which only a part was read. */
    private final AtomicReference<Stream.@Nullable Data> rest = new AtomicReference<>();

    /** Whether the client has ended its half of the stream. Set by the reading thread. */
    private volatile boolean ended;

    /** The thread that currently demands frames from Jetty, or null. Other threads only compare it with themselves. */
    private @Nullable Thread demanding;

    private volatile @Nullable Connection connection;

    /** The number of bytes that were read and discarded since the end point was closed. */
    private final AtomicInteger discardedBytes = new AtomicInteger();

    /**
     * Creates the end point of a stream.
     *
     * @param socket the end point of the HTTP/2 connection
     * @param onClosed runs once when the stream is closed
     */
    StreamEndPoint(HTTP2Stream stream, EndPoint socket, WampConnector connector, Runnable onClosed) {
        this.stream = stream;
        this.socket = socket;
        this.connector = connector;
        this.output = new StreamOutput(stream, connector.getByteBufferPool());
        this.unread = (UnreadFrames) stream.getSession().getFlowControlStrategy();
        this.onClosed = onClosed;
    }

    @Override
    public EndPoint unwrap() {
        return socket;
    }

    // Reading.

    @Override
    public int fill(ByteBuffer sink) {
        int bytes = 0;
        int start = BufferUtil.flipToFill(sink);
        try {
            while (sink.hasRemaining() && !ended) {
                Stream.Data data = rest.getAndSet(null);
                data = data == null ? stream.readData() : data;
                if (data == null) {
                    break;
                }
                bytes += copy(data, sink);
            }
        } finally {
            BufferUtil.flipToFlush(sink, start);
            unread.keepRest(stream, rest.get() != null);
        }
        return bytes == 0 && (ended || !open.get()) ? -1 : bytes;
    }

    private int copy(Stream.Data data, ByteBuffer sink) {
        ByteBuffer source = data.frame().getByteBuffer();
        int bytes = BufferUtil.put(source, sink);
        if (source.hasRemaining()) {
            rest.set(data);
            if (!open.get()) {
                releaseRest();
            }
        } else {
            ended = data.frame().isEndStream();
            data.release();
        }
        return bytes;
    }

    private void releaseRest() {
        Stream.Data data = rest.getAndSet(null);
        if (data != null) {
            data.release();
        }
        unread.keepRest(stream, false);
    }

    /** Ends the connection and its stream; counts and logs that. */
    void refuse(TransportCounter counter, String reason) {
        if (connection instanceof io.junctor.router.connection.transport.Connection ended) {
            connector.ended(ended, counter, reason);
        }
        close();
    }

    @Override
    public void fillInterested(Callback callback) {
        if (!tryFillInterested(callback)) {
            throw new ReadPendingException();
        }
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        if (!reader.compareAndSet(null, callback)) {
            return false;
        }
        if (rest.get() != null || ended) {
            readLater();
        } else {
            demanding = Thread.currentThread();
            stream.demand();
            demanding = null;
        }
        return true;
    }

    @Override
    public boolean isFillInterested() {
        return reader.get() != null;
    }

    /** Runs the reader, but not inside the reader's own call of {@link #fillInterested}: then the reader runs later. */
    @Override
    public @Nullable Runnable onDataAvailable() {
        if (!open.get()) {
            discard();
        } else if (demanding == Thread.currentThread()) {
            readLater();
        } else {
            read();
        }
        return null;
    }

    /** Reads and discards bytes up to the end of the client's half, which closes the stream. */
    private void discard() {
        Stream.Data data = stream.readData();
        while (data != null) {
            boolean isLast = data.frame().isEndStream();
            int bytes = discardedBytes.addAndGet(data.frame().remaining());
            data.release();
            if (isLast) {
                return;
            }
            if (bytes > MOST_DISCARDED_BYTES) {
                output.reset();
                return;
            }
            data = stream.readData();
        }
        stream.demand();
    }

    private void readLater() {
        try {
            connector.getExecutor().execute(this::read);
        } catch (RejectedExecutionException e) {
            close(e);
        }
    }

    private void read() {
        Callback callback = reader.getAndSet(null);
        if (callback != null) {
            callback.succeeded();
        }
    }

    // Writing.

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        return output.flush(buffers);
    }

    @Override
    public void write(Callback callback, ByteBuffer... buffers) {
        output.write(callback, buffers);
    }

    @Override
    public @Nullable Callback cancelWrite(Throwable cause) {
        return output.cancel();
    }

    @Override
    public void shutdownOutput() {
        output.end();
    }

    @Override
    public boolean isOutputShutdown() {
        return output.isEnding();
    }

    @Override
    public boolean isInputShutdown() {
        return ended;
    }

    // The end.

    @Override
    public boolean isOpen() {
        return open.get();
    }

    @Override
    public void close(@Nullable Throwable cause) {
        if (open.compareAndSet(true, false)) {
            releaseRest();
            output.end();
            if (!stream.isClosed()) {
                stream.setIdleTimeout(END_MILLIS);
                discard();
            }
            Connection closed = connection;
            if (closed != null) {
                closed.onClose(cause);
            }
            onClosed.run();
        }
    }

    /** Handles the reset of the stream by the client, or the loss of the whole connection. */
    @Override
    public Runnable onFailure(Throwable failure, Callback callback) {
        close(failure);
        return callback::succeeded;
    }

    /** Lets Jetty reset the stream if it is closed and the client does not end its half. */
    @Override
    @SuppressWarnings("NullAway") // Jetty accepts null and does not say so.
    public void onTimeout(TimeoutException timeout, BiConsumer<Runnable, Boolean> consumer) {
        consumer.accept(null, !open.get());
    }

    @Override
    public @Nullable Runnable onTrailer(HeadersFrame frame) {
        return null;
    }

    @Override
    public boolean isIdle() {
        return false;
    }

    // The connection in the stream.

    @Override
    public @Nullable Connection getConnection() {
        return connection;
    }

    @Override
    public void setConnection(@Nullable Connection next) {
        connection = next;
    }

    /** Opens the connection, of which no bytes were read before. */
    @Override
    public void upgrade(Connection next) {
        connection = next;
        next.onOpen();
    }

    @Override
    public void onOpen() {}

    @Override
    public void onClose(@Nullable Throwable cause) {}

    // Properties.

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return socket.getLocalSocketAddress();
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public EndPoint.@Nullable SslSessionData getSslSessionData() {
        return socket.getSslSessionData();
    }

    @Override
    public long getCreatedTimeStamp() {
        return socket.getCreatedTimeStamp();
    }

    @Override
    public Object getTransport() {
        return stream;
    }

    @Override
    public long getIdleTimeout() {
        return Math.max(0, stream.getIdleTimeout());
    }

    @Override
    public void setIdleTimeout(long timeoutMillis) {
        stream.setIdleTimeout(timeoutMillis == 0 ? NO_TIMEOUT : timeoutMillis);
    }
}
