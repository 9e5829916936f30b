package io.junctor.testkit;

import io.junctor.wamp.auth.ChannelBinding;
import io.junctor.wamp.value.Serializer;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Used by one thread; one more of its own reads. The smallest WebSocket client (RFC 6455) that also sends what no client should:
 * any frame header, any bytes, half of something. It answers pings unless told not to.
 */
public final class WebSocketLink implements Link {
    /** The kinds of frames (RFC 6455, section 5.2). */
    public static final int CONTINUATION = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10;

    /** What happens to the messages that arrive. */
    public enum Reading {
        /** They wait for {@link #receive}. */
        KEEP,
        /** They are read and forgotten; {@link #receive} tells the end of the transport only. */
        DISCARD,
        /** No byte is read: what the router sends stays in the buffers of the two sockets. */
        NEVER
    }

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;

    private final Socket socket;
    private final Serializer serializer;
    private final Reading reading;
    private final Inbox inbox = new Inbox();
    private final OutputStream out;
    private volatile boolean answersPings = true; // Written by the test, read by the reader: no order needed.

    private WebSocketLink(Socket socket, Serializer serializer, Reading reading) throws IOException {
        this.socket = socket;
        this.serializer = serializer;
        this.reading = reading;
        this.out = socket.getOutputStream();
    }

    /** Connects and upgrades; fails where the router does not accept. */
    public static WebSocketLink open(URI uri, Serializer serializer) {
        return open(uri, serializer, List.of());
    }

    /** Connects and upgrades with more header lines, such as {@code Origin: ...}. */
    public static WebSocketLink open(URI uri, Serializer serializer, List<String> headers) {
        try {
            return open(connect(uri), uri, serializer, headers, Reading.KEEP);
        } catch (IOException e) {
            throw new AssertionError("cannot connect to " + uri, e);
        }
    }

    /** Connects by {@code wss} as {@code tls} does, and upgrades. */
    public static WebSocketLink open(URI uri, Serializer serializer, SSLContext tls) throws IOException {
        return open(connected(tls.getSocketFactory().createSocket(), uri), uri, serializer, List.of(), Reading.KEEP);
    }

    /** Upgrades on a socket that is not connected yet, so that the test may choose its address and buffers. */
    public static WebSocketLink open(Socket socket, URI uri, Serializer serializer, Reading reading)
            throws IOException {
        return open(connected(socket, uri), uri, serializer, List.of(), reading);
    }

    private static WebSocketLink open(
            Socket socket, URI uri, Serializer serializer, List<String> headers, Reading reading) throws IOException {
        String answer = upgrade(socket, uri, serializer.subprotocol(), headers);
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            socket.close();
            throw new AssertionError("no upgrade: " + answer);
        }
        WebSocketLink link = new WebSocketLink(socket, serializer, reading);
        if (reading != Reading.NEVER) {
            Thread.ofVirtual().name("test-reader").start(link::read);
        }
        return link;
    }

    /** What a router answers to an upgrade that offers {@code subprotocols}: the head of its answer. */
    public static String answerTo(URI uri, String subprotocols, List<String> headers) {
        try (Socket socket = connect(uri)) {
            return upgrade(socket, uri, subprotocols, headers);
        } catch (IOException e) {
            throw new AssertionError("cannot connect to " + uri, e);
        }
    }

    /** A connection to where {@code uri} points; for {@code wss} to a router with {@link TestCertificate#LOCALHOST}. */
    public static Socket connect(URI uri) throws IOException {
        Socket socket = uri.getScheme().equals("wss")
                ? TestCertificate.trusting(TestCertificate.LOCALHOST)
                        .getSocketFactory()
                        .createSocket()
                : new Socket();
        return connected(socket, uri);
    }

    private static Socket connected(Socket socket, URI uri) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 5_000);
        return socket;
    }

    /** What this end of a TLS connection sees for this type of channel binding, or null. */
    public byte @Nullable [] channelBinding(String type) {
        return socket instanceof SSLSocket tls ? ChannelBinding.ofClient(type, tls.getSession()) : null;
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public void send(byte[] message) {
        sendFrame(FINAL | (serializer.isText() ? TEXT : BINARY), message);
    }

    @Override
    public void sendInWrongFrame(byte[] message) {
        sendFrame(FINAL | (serializer.isText() ? BINARY : TEXT), message);
    }

    /** Sends a message in as many frames as there are pieces. */
    public void sendInPieces(List<byte[]> pieces) {
        for (int i = 0; i < pieces.size(); i++) {
            int kind = i == 0 ? (serializer.isText() ? TEXT : BINARY) : CONTINUATION;
            sendFrame((i == pieces.size() - 1 ? FINAL : 0) | kind, pieces.get(i));
        }
    }

    /** Sends one masked frame; {@code first} is its first byte. */
    public void sendFrame(int first, byte[] payload) {
        sendRaw(frame(first, payload.length, payload));
    }

    /** Sends the head of a frame that announces {@code announced} bytes, and {@code payload} after it, whatever its length. */
    public void sendLyingFrame(int first, long announced, byte[] payload) {
        sendRaw(frame(first, announced, payload));
    }

    /** Sends bytes on the socket as they are. What the router no longer takes is lost: the end shows when reading. */
    public void sendRaw(byte[] bytes) {
        try {
            synchronized (out) {
                out.write(bytes);
                out.flush();
            }
        } catch (IOException e) {
            inbox.close(Arrival.Closed.DROPPED);
        }
    }

    /** Whether the transport has ended, as far as this end knows. */
    public boolean isClosed() {
        return inbox.isClosed();
    }

    /** From now on pings are not answered. */
    public void ignorePings() {
        answersPings = false;
    }

    @Override
    public void cut() {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // The thread that reads may have closed it meanwhile, as the router had done.
            if (!socket.isClosed()) {
                throw new AssertionError("cannot close a socket", e);
            }
        }
    }

    @Override
    public void close() {
        sendFrame(FINAL | CLOSE, new byte[] {0x03, (byte) 0xE8});
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("cannot close a socket", e);
        }
    }

    @Override
    public @Nullable Arrival receive(long timeoutMillis) {
        return inbox.poll(timeoutMillis);
    }

    private static String upgrade(Socket socket, URI uri, String subprotocols, List<String> headers)
            throws IOException {
        StringBuilder request = new StringBuilder("GET " + uri.getPath() + " HTTP/1.1\r\n"
                + "Host: " + uri.getHost() + ":" + uri.getPort() + "\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: " + Base64.getEncoder().encodeToString(new byte[16]) + "\r\n");
        if (!subprotocols.isEmpty()) {
            request.append("Sec-WebSocket-Protocol: ").append(subprotocols).append("\r\n");
        }
        headers.forEach(header -> request.append(header).append("\r\n"));
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        return head(socket);
    }

    /** Reads up to the empty line and not a byte more: frames may follow at once. */
    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new EOFException("closed after '" + head + "'");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** The mask is zero: it only has to be there. */
    private static byte[] frame(int first, long announced, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) first);
        if (announced < 126) {
            frame.put((byte) (MASKED | announced));
        } else if (announced < 1 << 16) {
            frame.put((byte) (MASKED | 126)).putShort((short) announced);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(announced);
        }
        frame.putInt(0).put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            byte[] message = new byte[0];
            while (!inbox.isClosed()) {
                int first = in.readUnsignedByte();
                byte[] payload = in.readNBytes(length(in));
                if ((first & 0x0F) >= CLOSE) {
                    onControl(first & 0x0F, payload);
                } else {
                    message = joined(message, payload);
                    message = (first & FINAL) == 0 ? message : delivered(message);
                }
            }
        } catch (IOException e) {
            inbox.close(Arrival.Closed.DROPPED);
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte();
        return switch (length) {
            case 126 -> in.readUnsignedShort();
            case 127 -> Math.toIntExact(in.readLong());
            default -> length;
        };
    }

    private void onControl(int kind, byte[] payload) {
        if (kind == CLOSE) {
            sendFrame(FINAL | CLOSE, payload);
            inbox.close(payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF);
        } else if (kind == PING && answersPings) {
            sendFrame(FINAL | PONG, payload);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        if (first.length == 0) {
            return second;
        }
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    private byte[] delivered(byte[] message) {
        if (reading == Reading.KEEP) {
            inbox.add(message);
        }
        return new byte[0];
    }
}
