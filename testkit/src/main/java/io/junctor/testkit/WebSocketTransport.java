package io.junctor.testkit;

import io.junctor.testkit.tls.TestCertificate;
import io.junctor.wamp.auth.ChannelBinding;
import io.junctor.wamp.codec.batch.BatchFormat;
import io.junctor.wamp.codec.batch.BatchReader;
import io.junctor.wamp.codec.batch.InvalidBatchException;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import io.junctor.websocket.CloseCode;
import io.junctor.websocket.ControlFrame;
import io.junctor.websocket.FrameHeader;
import io.junctor.websocket.MaskedFrame;
import io.junctor.websocket.MessageCompression;
import io.junctor.websocket.Opcode;
import io.junctor.websocket.OpeningHandshake;
import io.junctor.websocket.PermessageDeflate;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client that can break every rule of RFC 6455: it can send any frame header, any bytes and parts of frames.
 * It answers pings until {@link #ignorePings}. Confined to the thread of the test; a virtual thread of this client reads.
 */
public final class WebSocketTransport implements ClientTransport {
    /** The way in which received messages are handled. */
    public enum ReadMode {
        /** Received messages wait for {@link #receive}. */
        KEEP,
        /** Messages are read and discarded; {@link #receive} returns only the end of the transport. */
        DISCARD,
        /** The client reads no byte: the router's bytes stay in the buffers of the two sockets. */
        NEVER
    }

    private final Socket socket;
    private final Serializer serializer;
    private final @Nullable BatchFormat batch;
    private final boolean compressed;
    private final ReadMode reading;
    private final ReceivedQueue received = new ReceivedQueue();
    private final OutputStream out;
    private volatile boolean answersPings = true; // Written by the test, read by the reading thread.

    private WebSocketTransport(Socket socket, Subprotocol subprotocol, boolean compressed, ReadMode reading)
            throws IOException {
        this.socket = socket;
        this.serializer = subprotocol.serializer();
        this.batch = subprotocol.isBatched() ? new BatchFormat(serializer) : null;
        this.compressed = compressed;
        this.reading = reading;
        this.out = socket.getOutputStream();
    }

    /** Connects and upgrades. Fails the test if the router refuses. */
    public static WebSocketTransport open(URI uri, Serializer serializer) {
        return open(uri, serializer, List.of());
    }

    /** Connects and upgrades with additional header lines, such as {@code Origin: ...}. */
    public static WebSocketTransport open(URI uri, Serializer serializer, List<String> headers) {
        try {
            return open(connect(uri), uri, serializer, headers, ReadMode.KEEP);
        } catch (IOException e) {
            throw new AssertionError("cannot connect to " + uri, e);
        }
    }

    /** Connects by {@code wss} with the context {@code tls}, and upgrades. */
    public static WebSocketTransport open(URI uri, Serializer serializer, SSLContext tls) throws IOException {
        return open(connected(tls.getSocketFactory().createSocket(), uri), uri, serializer, List.of(), ReadMode.KEEP);
    }

    /** Connects and upgrades a socket that is not connected yet, so that the test can choose its address and buffers. */
    public static WebSocketTransport open(Socket socket, URI uri, Serializer serializer, ReadMode reading)
            throws IOException {
        return open(connected(socket, uri), uri, serializer, List.of(), reading);
    }

    /** Connects and agrees on a subprotocol; if it is a batched one, messages are sent and received in batches. */
    public static WebSocketTransport open(URI uri, Subprotocol subprotocol, List<String> headers) {
        try {
            return open(connect(uri), uri, subprotocol, headers, ReadMode.KEEP);
        } catch (IOException e) {
            throw new AssertionError("cannot connect to " + uri, e);
        }
    }

    /** Opens a WebSocket in a stream of HTTP/2, with a subprotocol and, if {@code deflates}, permessage-deflate. */
    public static WebSocketTransport open(Http2Connection connection, Subprotocol subprotocol, boolean deflates) {
        List<String> headers = deflates ? List.of("Sec-WebSocket-Extensions: " + PermessageDeflate.NAME) : List.of();
        try {
            Socket stream = connection.open(subprotocol.name(), headers);
            return reading(new WebSocketTransport(stream, subprotocol, deflates, ReadMode.KEEP));
        } catch (IOException e) {
            throw new AssertionError("cannot open a stream", e);
        }
    }

    private static WebSocketTransport reading(WebSocketTransport transport) {
        Thread.ofVirtual().name("test-reader").start(transport::read);
        return transport;
    }

    private static WebSocketTransport open(
            Socket socket, URI uri, Serializer serializer, List<String> headers, ReadMode reading) throws IOException {
        return open(socket, uri, new Subprotocol(serializer, false), headers, reading);
    }

    private static WebSocketTransport open(
            Socket socket, URI uri, Subprotocol subprotocol, List<String> headers, ReadMode reading)
            throws IOException {
        String answer = upgrade(socket, uri, subprotocol.name(), headers);
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            socket.close();
            throw new AssertionError("no upgrade: " + answer);
        }
        boolean compressed = answer.contains(PermessageDeflate.NAME);
        WebSocketTransport transport = new WebSocketTransport(socket, subprotocol, compressed, reading);
        return reading == ReadMode.NEVER ? transport : reading(transport);
    }

    /** Returns the header of the router's response to an upgrade request that offers {@code subprotocols}. */
    public static String answerTo(URI uri, String subprotocols, List<String> headers) {
        try (Socket socket = connect(uri)) {
            return upgrade(socket, uri, subprotocols, headers);
        } catch (IOException e) {
            throw new AssertionError("cannot connect to " + uri, e);
        }
    }

    /**
     * Returns a socket connected to the host and port, or the Unix domain socket, of {@code uri}; for {@code wss} to a router with
     * {@link TestCertificate#LOCALHOST}.
     */
    public static Socket connect(URI uri) throws IOException {
        if (UnixClientSocket.isUnix(uri)) {
            return UnixClientSocket.connect(UnixClientSocket.file(uri));
        }
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

    /** Returns the channel binding of this type on this side of the TLS connection, or null. */
    public byte @Nullable [] channelBinding(String type) {
        Socket end = socket instanceof Http2Stream stream ? stream.connectionSocket() : socket;
        return end instanceof SSLSocket tls ? ChannelBinding.ofClient(type, tls.getSession()) : null;
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public void send(byte[] message) {
        sendTogether(List.of(message));
    }

    /** Sends messages as one batch; without a batched subprotocol, one after the other. */
    public void sendTogether(List<byte[]> messages) {
        int first =
                FrameHeader.FIN | Opcode.ofMessages(serializer.isText()) | (compressed ? FrameHeader.COMPRESSED : 0);
        List<byte[]> payloads = batch == null ? messages : List.of(batch.join(messages));
        for (byte[] payload : payloads) {
            sendFrame(first, compressed ? deflate(payload) : payload);
        }
    }

    /** Returns a payload compressed for a frame that has the bit RSV1. */
    public static byte[] deflate(byte[] payload) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            return MessageCompression.deflate(deflater, payload);
        } finally {
            deflater.end();
        }
    }

    @Override
    public void sendInWrongFrame(byte[] message) {
        sendFrame(FrameHeader.FIN | Opcode.ofMessages(!serializer.isText()), message);
    }

    /** Sends a message in as many frames as there are pieces. */
    public void sendInPieces(List<byte[]> pieces) {
        for (int i = 0; i < pieces.size(); i++) {
            int kind = i == 0 ? Opcode.ofMessages(serializer.isText()) : Opcode.CONTINUATION;
            sendFrame((i == pieces.size() - 1 ? FrameHeader.FIN : 0) | kind, pieces.get(i));
        }
    }

    /** Sends one masked frame; {@code firstByte} contains FIN, the reserved bits and the opcode. */
    public void sendFrame(int firstByte, byte[] payload) {
        sendRaw(MaskedFrame.of(firstByte, payload));
    }

    /** Sends a frame header that announces {@code announcedBytes}, then {@code payload}, which may have another length. */
    public void sendLyingFrame(int firstByte, long announcedBytes, byte[] payload) {
        sendRaw(MaskedFrame.of(firstByte, announcedBytes, payload));
    }

    /**
     * Sends bytes on the socket without framing. If the router has closed the connection, {@link #receive} returns the end.
     */
    public void sendRaw(byte[] bytes) {
        try {
            synchronized (out) {
                out.write(bytes);
                out.flush();
            }
        } catch (IOException e) {
            received.close(CloseCode.ABNORMAL_CLOSURE);
        }
    }

    /** Returns whether the end of the transport was received. */
    public boolean isClosed() {
        return received.isClosed();
    }

    /** From now on does not answer pings. */
    public void ignorePings() {
        answersPings = false;
    }

    @Override
    public void cut() {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // The router may have closed the connection; then the reading thread has closed the socket.
            if (!socket.isClosed()) {
                throw new AssertionError("cannot close a socket", e);
            }
        }
    }

    @Override
    public void close() {
        sendFrame(FrameHeader.FIN | Opcode.CLOSE, ControlFrame.closePayload(CloseCode.NORMAL, ""));
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("cannot close a socket", e);
        }
    }

    @Override
    public @Nullable ReceivedItem receive(long timeoutMillis) {
        return received.poll(timeoutMillis);
    }

    private static String upgrade(Socket socket, URI uri, String subprotocols, List<String> headers)
            throws IOException {
        StringBuilder request = new StringBuilder("GET " + UnixClientSocket.requestPath(uri) + " HTTP/1.1\r\n"
                + "Host: " + (uri.getHost() == null ? "localhost" : uri.getHost() + ":" + uri.getPort()) + "\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: " + OpeningHandshake.VERSION
                + "\r\n"
                + "Sec-WebSocket-Key: " + OpeningHandshake.newKey(new SplittableRandom(1)) + "\r\n");
        if (!subprotocols.isEmpty()) {
            request.append("Sec-WebSocket-Protocol: ").append(subprotocols).append("\r\n");
        }
        headers.forEach(header -> request.append(header).append("\r\n"));
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        return head(socket);
    }

    /** Reads up to the empty line and not a byte more, because frames may follow at once. */
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

    private void read() {
        try {
            ServerFrames frames = new ServerFrames(socket.getInputStream(), serializer.isText());
            if (compressed) {
                frames.acceptCompressed();
            }
            if (reading == ReadMode.DISCARD) {
                frames.skipMessages();
            }
            while (!received.isClosed()) {
                onFrame(frames);
            }
        } catch (IOException e) {
            received.close(CloseCode.ABNORMAL_CLOSURE);
        }
    }

    private void onFrame(ServerFrames frames) throws IOException {
        switch (frames.next()) {
            case MESSAGE -> receive(frames.takeMessage());
            case PING -> {
                if (answersPings) {
                    sendFrame(FrameHeader.FIN | Opcode.PONG, frames.controlPayload());
                }
            }
            case PONG, NOTHING -> {}
            case CLOSE -> {
                sendFrame(FrameHeader.FIN | Opcode.CLOSE, frames.controlPayload());
                received.close(CloseCode.of(frames.controlPayload()));
            }
            case WRONG_OPCODE -> throw new IOException("a text frame instead of a binary frame, or the reverse");
        }
    }

    private void receive(byte[] message) throws IOException {
        if (batch == null) {
            received.add(message);
            return;
        }
        try {
            BatchReader messages = batch.read(message);
            while (messages.hasNext()) {
                received.add(messages.next());
            }
        } catch (InvalidBatchException e) {
            throw new IOException("the server sent a broken batch", e);
        }
    }
}
