package io.junctor.cli.bench.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Serves any number of connections on the thread that calls {@link #turn}. */
public final class SelectorLoop implements AutoCloseable {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector;
    private final ByteBuffer buffer;
    private final SplittableRandom random = new SplittableRandom();
    private final @Nullable MessageCompressor compression;
    private final Deque<SocketTransport> toWrite = new ArrayDeque<>();

    public SelectorLoop(boolean compressed, int bufferBytes) {
        this.compression = compressed ? new MessageCompressor() : null;
        this.buffer = ByteBuffer.allocate(bufferBytes);
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new BenchException("cannot open a selector: " + e.getMessage() + ".");
        }
    }

    /** Opens the transport of a session to a router. */
    SessionTransport connect(TargetRouter target, LoadSession session) {
        SessionTransport transport = switch (target.scheme().protocol()) {
            case WEBSOCKET -> open(target, webSocket(target), session);
            case RAWSOCKET -> open(target, new RawSocketFraming(target.serializer()), session);
            case LONG_POLL -> new LongPollTransport(this, target, session);
        };
        flush();
        return transport;
    }

    private Framing webSocket(TargetRouter target) {
        WebSocketFraming webSocket = new WebSocketFraming(target, random.split(), compression);
        return target.http2() ? new Http2Framing(target.connectRequest(), webSocket) : webSocket;
    }

    /** Opens a socket to a router. */
    SocketTransport open(TargetRouter target, Framing framing, SocketTransport.Listener listener) {
        return SocketTransport.open(this, target, framing, listener);
    }

    SelectionKey register(SocketChannel channel, SocketTransport connection) throws IOException {
        return channel.register(selector, SelectionKey.OP_READ, connection);
    }

    void toWrite(SocketTransport connection) {
        toWrite.add(connection);
    }

    void flush() {
        SocketTransport connection = toWrite.poll();
        while (connection != null) {
            connection.flush();
            connection = toWrite.poll();
        }
    }

    /** Waits about {@code waitNanos} for data from the routers and handles it. Does not wait if {@code waitNanos} is under a millisecond. */
    public void turn(long waitNanos) {
        flush();
        try {
            if (waitNanos < NANOS_PER_MILLI) {
                selector.selectNow(this::onReady);
            } else {
                selector.select(this::onReady, waitNanos / NANOS_PER_MILLI);
            }
        } catch (IOException e) {
            throw new BenchException("cannot wait for the router: " + e.getMessage() + ".");
        }
    }

    /** Ends all connections at once. */
    @Override
    public void close() {
        if (compression != null) {
            compression.close();
        }
        for (SelectionKey key : selector.keys()) {
            ((SocketTransport) key.attachment()).close();
        }
        try {
            selector.close();
        } catch (IOException e) {
            throw new BenchException("cannot close a selector: " + e.getMessage() + ".");
        }
    }

    private void onReady(SelectionKey key) {
        SocketTransport connection = (SocketTransport) key.attachment();
        if (key.isWritable()) {
            connection.flush();
        }
        if (key.isValid() && key.isReadable()) {
            connection.onReadable(buffer);
        }
        flush();
    }
}
