package io.junctor.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stream of an HTTP/2 connection that acts as a socket: bytes travel in DATA frames. Closing it ends the client's half;
 * with {@code SO_LINGER} 0, closing resets the stream. One thread reads, one writes.
 */
public final class Http2Stream extends Socket {
    private static final int CANCEL = 8;
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final Http2Connection connection;
    private final int id;
    private final Http2Window window;
    private final BlockingQueue<Integer> status = new LinkedBlockingQueue<>();
    private final BlockingQueue<ByteBuffer> received = new LinkedBlockingQueue<>();
    private final InputStream in = new Input();
    private final OutputStream out = new Output();
    private boolean resets;
    private volatile boolean closed;
    /** Whether the server has reset the stream, or the connection is lost. Set by the reading thread of the connection. */
    private volatile boolean lost;

    Http2Stream(Http2Connection connection, int id, int windowBytes) {
        this.connection = connection;
        this.id = id;
        this.window = new Http2Window(windowBytes);
    }

    int id() {
        return id;
    }

    Http2Window window() {
        return window;
    }

    /** Returns the socket of the connection. */
    public Socket connectionSocket() {
        return connection.socket();
    }

    // Called by the reading thread of the connection.

    void onStatus(int code) {
        status.add(code);
    }

    void onData(Http2Frames.Frame frame) {
        if (frame.payload().length > 0) {
            received.add(ByteBuffer.wrap(frame.payload()));
        }
        if (frame.has(Http2Frames.END_STREAM)) {
            received.add(END);
        }
    }

    void onLost() {
        lost = true;
        window.close();
        connection.window().wake();
        status.add(0);
        received.add(END);
    }

    int awaitStatus() throws IOException {
        try {
            return Objects.requireNonNull(status.poll(10, TimeUnit.SECONDS), "no response to CONNECT");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {
        resets = on && seconds == 0;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() throws IOException {
        if (!closed && !connection.isLost()) {
            closed = true;
            if (resets) {
                connection.frames().send(Http2Frames.RST_STREAM, 0, id, Http2Frames.number(CANCEL));
                connection.forget(this);
            } else {
                connection.frames().send(Http2Frames.DATA, Http2Frames.END_STREAM, id, new byte[0]);
            }
            received.add(END);
        }
    }

    private final class Input extends InputStream {
        private ByteBuffer current = ByteBuffer.allocate(0);

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int at, int length) throws IOException {
            try {
                while (!current.hasRemaining()) {
                    current = received.take();
                    if (current == END) {
                        received.add(END);
                        return -1;
                    }
                    connection.credit(id, current.remaining());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            int count = Math.min(length, current.remaining());
            current.get(target, at, count);
            return count;
        }
    }

    private final class Output extends OutputStream {
        private boolean isLost() {
            return lost;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int at = from;
            while (at < from + length) {
                if (closed) {
                    throw new EOFException("the stream is closed");
                }
                int own = window.take(Math.min(from + length - at, Http2Frames.MAX_FRAME_BYTES), this::isLost);
                int both = connection.window().take(own, this::isLost);
                window.add(own - both);
                connection.frames().send(Http2Frames.DATA, 0, id, Arrays.copyOfRange(bytes, at, at + both));
                at += both;
            }
        }
    }
}
