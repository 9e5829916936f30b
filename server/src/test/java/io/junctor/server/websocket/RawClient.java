package io.junctor.server.websocket;

import io.junctor.websocket.MaskedFrame;
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

/** Used by one thread. A socket of which a test writes and reads every byte. */
public final class RawClient implements Closeable {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** On a socket that is connected. */
    public RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    private RawClient(int port, int receiveBufferBytes) throws IOException {
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

    public static RawClient connect(int port) throws IOException {
        return new RawClient(port, 0);
    }

    /** A client whose own address is this one of the machine. */
    public static RawClient connectFrom(String address, int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawClient(socket);
    }

    /** Closes the connection without the usual farewell. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** A client after its handshake. */
    public static RawClient open(int port, String subprotocol) throws IOException {
        return upgraded(new RawClient(port, 0), subprotocol);
    }

    /** A client after its handshake that takes few bytes while nobody reads. */
    static RawClient openNarrow(int port, String subprotocol) throws IOException {
        return upgraded(new RawClient(port, 4_096), subprotocol);
    }

    private static RawClient upgraded(RawClient client, String subprotocol) throws IOException {
        String answer = client.request(handshake("Sec-WebSocket-Protocol: " + subprotocol));
        if (!answer.startsWith("HTTP/1.1 101")) {
            throw new AssertionError(answer);
        }
        return client;
    }

    /** A good handshake with further header lines. */
    public static String handshake(String... lines) {
        return "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:80\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + String.join("\r\n", lines) + (lines.length == 0 ? "" : "\r\n") + "\r\n";
    }

    /** Sends a request and returns the head of the answer with its body, if it has one. */
    public String request(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
        return response();
    }

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
        return head.toString();
    }

    /** The first byte of what comes, of which the rest does not matter. */
    public int firstByte() throws IOException {
        return in.readUnsignedByte();
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

    public Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = (int) in.readLong();
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(first, payload);
    }

    /** Whether the router has closed the connection, after what it still sent. */
    public boolean isAtEnd() throws IOException {
        try {
            return in.read() < 0;
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

    /** A frame from the router. */
    public static final class Frame {
        public final int firstByte;
        public final byte[] payload;

        private Frame(int firstByte, byte[] payload) {
            this.firstByte = firstByte;
            this.payload = payload;
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        public int closeCode() {
            return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }

        public String closeReason() {
            return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }
    }
}
