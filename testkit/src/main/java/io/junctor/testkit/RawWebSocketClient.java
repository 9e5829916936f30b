package io.junctor.testkit;

import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.CloseCode;
import io.junctor.websocket.FrameHeader;
import io.junctor.websocket.FrameReader;
import io.junctor.websocket.MaskedFrame;
import io.junctor.websocket.Opcode;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A WebSocket client with which a test writes every byte itself. Confined to one thread. */
public final class RawWebSocketClient implements Closeable {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private boolean text;
    private @Nullable ServerFrames frames;

    /** Creates a client on a connected socket. */
    public RawWebSocketClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    private RawWebSocketClient(int port, int receiveBufferBytes) throws IOException {
        this(connected(port, receiveBufferBytes));
    }

    private static Socket connected(int port, int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    /** Connects a client without a handshake. */
    public static RawWebSocketClient connect(int port) throws IOException {
        return new RawWebSocketClient(port, 0);
    }

    /** Connects a client without a handshake; its socket is bound to this address of the machine. */
    public static RawWebSocketClient connectFrom(String address, int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawWebSocketClient(socket);
    }

    /** Resets the TCP connection. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Connects a client and upgrades. */
    public static RawWebSocketClient open(int port, String subprotocol) throws IOException {
        return upgraded(new RawWebSocketClient(port, 0), subprotocol);
    }

    /** Connects a client and upgrades, with a small receive buffer: few bytes arrive before the test reads them. */
    public static RawWebSocketClient openNarrow(int port, String subprotocol) throws IOException {
        return upgraded(new RawWebSocketClient(port, 4_096), subprotocol);
    }

    private static RawWebSocketClient upgraded(RawWebSocketClient client, String subprotocol) throws IOException {
        String answer = client.request(handshake("Sec-WebSocket-Protocol: " + subprotocol));
        if (!answer.startsWith("HTTP/1.1 101")) {
            throw new AssertionError(answer);
        }
        return client;
    }

    /** Returns a valid upgrade request with additional header lines. */
    public static String handshake(String... lines) {
        return "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:80\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + String.join("\r\n", lines) + (lines.length == 0 ? "" : "\r\n") + "\r\n";
    }

    /** Sends a request and returns the response. */
    public String request(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
        return response();
    }

    /** Reads a response: its header, and its body if it has a length. */
    public String response() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        int lengthAt = head.indexOf("Content-Length: ");
        if (lengthAt >= 0) {
            int end = head.indexOf("\r\n", lengthAt);
            int length = Integer.parseInt(head.substring(lengthAt + "Content-Length: ".length(), end));
            head.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
        if (head.indexOf("HTTP/1.1 101") == 0) {
            text = head.indexOf("Sec-WebSocket-Protocol: " + Serializer.JSON.subprotocol()) >= 0;
            frames = new ServerFrames(in, text);
        }
        return head.toString();
    }

    /** Reads one byte. */
    public int firstByte() throws IOException {
        return in.readUnsignedByte();
    }

    /** Reads this many bytes. */
    public byte[] bytes(int count) throws IOException {
        byte[] read = new byte[count];
        in.readFully(read);
        return read;
    }

    /** Reads and discards bytes until the server closes the connection. */
    public void skipToEnd() throws IOException {
        try {
            in.skip(Long.MAX_VALUE);
            while (in.read() >= 0) {
                in.skip(Long.MAX_VALUE);
            }
        } catch (SocketException e) {
            // The server reset the connection, which is an end too.
        }
    }

    public void send(ByteBuffer bytes) throws IOException {
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        send(all);
    }

    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends a masked frame. */
    public void frame(int firstByte, byte[] payload) throws IOException {
        send(MaskedFrame.of(firstByte, payload));
    }

    /** Reads the next message or control frame; the frames of a message are joined. */
    public Frame read() throws IOException {
        ServerFrames frames = Objects.requireNonNull(this.frames, "the connection was not upgraded");
        FrameReader.ReadResult found = frames.next();
        return switch (found) {
            case MESSAGE -> new Frame(Opcode.ofMessages(text), frames.takeMessage());
            case PING -> new Frame(Opcode.PING, frames.controlPayload());
            case PONG -> new Frame(Opcode.PONG, frames.controlPayload());
            case CLOSE -> new Frame(Opcode.CLOSE, frames.controlPayload());
            case NOTHING, WRONG_OPCODE -> throw new AssertionError("the server sent " + found);
        };
    }

    /** Waits for a byte or the end. Returns whether the server has closed the connection and all its bytes have been read. */
    public boolean isAtEnd() throws IOException {
        try {
            return (frames == null || !frames.hasUnparsed()) && in.read() < 0;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A message or control frame from the server. */
    public static final class Frame {
        public final int firstByte;
        public final byte[] payload;

        private Frame(int opcode, byte[] payload) {
            this.firstByte = FrameHeader.FIN | opcode;
            this.payload = payload;
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        public int closeCode() {
            return CloseCode.of(payload);
        }

        public String closeReason() {
            return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }
    }
}
