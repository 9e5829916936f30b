package io.junctor.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/2 connection of a client with several WebSockets (RFC 8441), each in a stream. A virtual thread reads frames. Thread-safe.
 */
public final class Http2Connection implements AutoCloseable {
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int ENABLE_CONNECT_PROTOCOL = 8;
    private static final int STREAM_WINDOW_BYTES = 1 << 18;
    private static final int CONNECTION_WINDOW_BYTES = 1 << 24;

    private final URI uri;
    private final String authority;
    private final Http2Frames frames;
    private final Map<Integer, Http2Stream> streams = new ConcurrentHashMap<>();
    private final AtomicInteger nextStream = new AtomicInteger(1);
    private final Http2Window window = new Http2Window(Http2Window.DEFAULT_BYTES);
    /** The number of bytes that the server accepts in a new stream. Set by the reading thread before the first stream is opened. */
    private volatile int initialWindowBytes = Http2Window.DEFAULT_BYTES;
    /** Whether the connection is lost: the reading thread sets it before it notifies the streams. */
    private volatile boolean lost;

    private Http2Connection(URI uri, String authority, Http2Frames frames) {
        this.uri = uri;
        this.authority = authority;
        this.frames = frames;
    }

    /** Connects, by TLS and ALPN if the scheme of {@code uri} is {@code wss}. */
    public static Http2Connection open(URI uri) {
        return open(uri, uri.getHost() + ":" + uri.getPort());
    }

    /** Connects like {@link #open(URI)}, with this value of {@code :authority}. */
    public static Http2Connection open(URI uri, String authority) {
        try {
            Http2Connection connection = new Http2Connection(
                    uri, authority, Http2Frames.begin(connect(uri), INITIAL_WINDOW_SIZE, STREAM_WINDOW_BYTES));
            Http2Frames.Frame settings = connection.frames.read(Http2Frames.SETTINGS);
            if (connection.apply(settings) != 1) {
                throw new AssertionError("the server does not take WebSockets in streams");
            }
            connection.credit(0, CONNECTION_WINDOW_BYTES);
            Thread.ofVirtual().name("test-reader").start(connection::read);
            return connection;
        } catch (IOException e) {
            throw new AssertionError("cannot connect to " + uri, e);
        }
    }

    private static Socket connect(URI uri) throws IOException {
        Socket socket = WebSocketTransport.connect(uri);
        if (socket instanceof SSLSocket tls) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            if (!tls.getApplicationProtocol().equals("h2")) {
                throw new AssertionError("the server did not choose HTTP/2 but " + tls.getApplicationProtocol());
            }
        }
        return socket;
    }

    /** Opens a WebSocket in a stream, which acts as a socket; fails the test if the router refuses. */
    public Http2Stream open(String subprotocols, List<String> headers) throws IOException {
        Http2Stream stream = request(subprotocols, headers);
        int status = stream.awaitStatus();
        if (lost) {
            throw new EOFException("the connection was lost");
        }
        if (status != 200) {
            throw new AssertionError("no upgrade: status " + status);
        }
        return stream;
    }

    /** Returns the status of the response to an opening handshake; the WebSocket stays open if it is 200. */
    public int statusOf(String subprotocols, List<String> headers) throws IOException {
        return request(subprotocols, headers).awaitStatus();
    }

    /** Sends a request. Synchronized, because streams must be opened in the order of their numbers. */
    private synchronized Http2Stream request(String subprotocols, List<String> headers) throws IOException {
        Http2Stream stream = new Http2Stream(this, nextStream.getAndAdd(2), initialWindowBytes);
        streams.put(stream.id(), stream);
        if (lost) {
            throw new EOFException("the connection was lost");
        }
        frames.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, stream.id(), fields(subprotocols, headers));
        return stream;
    }

    private byte[] fields(String subprotocols, List<String> headers) {
        List<String> fields = new ArrayList<>(List.of(
                ":method",
                "CONNECT",
                ":protocol",
                "websocket",
                ":scheme",
                uri.getScheme().equals("wss") ? "https" : "http",
                ":path",
                UnixClientSocket.requestPath(uri),
                ":authority",
                authority,
                "sec-websocket-version",
                "13",
                "sec-websocket-protocol",
                subprotocols));
        for (String header : headers) {
            int colon = header.indexOf(':');
            fields.add(header.substring(0, colon).toLowerCase(Locale.ROOT));
            fields.add(header.substring(colon + 1).strip());
        }
        return Http2Frames.fields(fields.toArray(String[]::new));
    }

    /** Returns whether the server has closed the connection, so that no frame can be sent. */
    boolean isLost() {
        return lost;
    }

    /** Returns the socket of the connection. */
    Socket socket() {
        return frames.socket();
    }

    Http2Frames frames() {
        return frames;
    }

    /** Returns how many bytes the server accepts in all streams together. */
    Http2Window window() {
        return window;
    }

    void forget(Http2Stream stream) {
        streams.remove(stream.id());
    }

    /** Applies settings of the server; returns the value of ENABLE_CONNECT_PROTOCOL, or 0. */
    private int apply(Http2Frames.Frame settings) throws IOException {
        int connectProtocol = 0;
        for (int at = 0; at < settings.payload().length; at += 6) {
            int value = settings.number(at + 2);
            switch (settings.number(at) >>> Short.SIZE) {
                case INITIAL_WINDOW_SIZE -> initialWindowBytes = value;
                case ENABLE_CONNECT_PROTOCOL -> connectProtocol = value;
                default -> {}
            }
        }
        frames.send(Http2Frames.SETTINGS, Http2Frames.ACK, 0, new byte[0]);
        return connectProtocol;
    }

    private void read() {
        try {
            while (true) {
                onFrame(frames.read());
            }
        } catch (IOException e) {
            lost = true;
            window.close();
            streams.values().forEach(Http2Stream::onLost);
        }
    }

    private void onFrame(Http2Frames.Frame frame) throws IOException {
        @Nullable Http2Stream stream = streams.get(frame.stream());
        switch (frame.type()) {
            case Http2Frames.DATA -> {
                if (frame.payload().length > 0) {
                    credit(0, frame.payload().length);
                }
                if (stream != null) {
                    stream.onData(frame);
                }
            }
            case Http2Frames.HEADERS -> {
                if (stream != null) {
                    stream.onStatus(frame.status());
                }
            }
            case Http2Frames.RST_STREAM -> {
                if (stream != null) {
                    stream.onLost();
                }
            }
            case Http2Frames.WINDOW_UPDATE -> {
                if (frame.stream() == 0) {
                    window.add(frame.number(0));
                } else if (stream != null) {
                    stream.window().add(frame.number(0));
                }
            }
            case Http2Frames.PING -> {
                if (!frame.has(Http2Frames.ACK)) {
                    frames.send(Http2Frames.PING, Http2Frames.ACK, 0, frame.payload());
                }
            }
            default -> {}
        }
    }

    /** Allows the server to send {@code bytes} more bytes. */
    void credit(int stream, int bytes) throws IOException {
        frames.send(Http2Frames.WINDOW_UPDATE, 0, stream, Http2Frames.number(bytes));
    }

    @Override
    public void close() {
        try {
            frames.close();
        } catch (IOException e) {
            throw new AssertionError("cannot close a socket", e);
        }
    }
}
