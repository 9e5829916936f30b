package io.junctor.testkit;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The client's side of an HTTP/2 connection on which a test writes and reads every frame (RFC 9113). It sends header fields
 * without compression and does not let the server index the header fields of responses. Writing is thread-safe; one thread reads.
 */
public final class Http2Frames implements Closeable {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    /** The flag of DATA and HEADERS for the end of the sender's half of the stream. */
    public static final int END_STREAM = 1;
    /** The flag of an acknowledgement of SETTINGS or PING. */
    public static final int ACK = 1;

    public static final int END_HEADERS = 4;

    /** The length of the largest frame that a server accepts if it does not announce another length. */
    public static final int MAX_FRAME_BYTES = 1 << 14;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 9;
    private static final int INDEXED = 0x80;
    private static final int TABLE_SIZE = 0x20;
    private static final int TABLE_SIZE_MASK = 0xE0;
    private static final int HUFFMAN = 0x80;
    /** The index of {@code :status 200}, the first of seven codes (RFC 7541, appendix A). */
    private static final int STATUS_200 = 8;

    /** The identifier of the setting for the size of the dynamic table of header fields. */
    private static final int HEADER_TABLE_SIZE = 1;

    private static final int[] INDEXED_STATUS = {200, 204, 206, 304, 400, 404, 500};

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** One frame. */
    public static final class Frame {
        private final int type;
        private final int flags;
        private final int stream;
        private final byte[] payload;

        private Frame(int type, int flags, int stream, byte[] payload) {
            this.type = type;
            this.flags = flags;
            this.stream = stream;
            this.payload = payload;
        }

        public int type() {
            return type;
        }

        /** Returns the number of the stream; 0 is the connection. */
        public int stream() {
            return stream;
        }

        public byte[] payload() {
            return payload;
        }

        /** Returns whether a flag is set. */
        public boolean has(int flag) {
            return (flags & flag) != 0;
        }

        /** Returns the four bytes at {@code at} as a number, such as an error code. */
        public int number(int at) {
            return ByteBuffer.wrap(payload).getInt(at);
        }

        /** Returns the status of a response, the first field of its HEADERS frame. */
        public int status() {
            int at = 0;
            while ((payload[at] & TABLE_SIZE_MASK) == TABLE_SIZE) {
                at++;
            }
            int first = payload[at] & 0xFF;
            if ((first & INDEXED) != 0) {
                return INDEXED_STATUS[(first & ~INDEXED) - STATUS_200];
            }
            int length = payload[at + 1] & 0x7F;
            byte[] value = Arrays.copyOfRange(payload, at + 2, at + 2 + length);
            return Integer.parseInt(
                    (payload[at + 1] & HUFFMAN) == 0
                            ? new String(value, StandardCharsets.US_ASCII)
                            : HuffmanDigitDecoder.decode(value));
        }

        /** Returns the payload of a DATA frame as text. */
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private Http2Frames(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Begins HTTP/2 on a connected socket with the preface and these settings: identifiers and values, alternating. */
    public static Http2Frames begin(Socket socket, int... settings) throws IOException {
        Http2Frames frames = new Http2Frames(socket);
        frames.send(PREFACE);
        ByteBuffer payload = ByteBuffer.allocate(settings.length * 3 + 6)
                .putShort((short) HEADER_TABLE_SIZE)
                .putInt(0);
        for (int i = 0; i < settings.length; i += 2) {
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        frames.send(SETTINGS, 0, 0, payload.array());
        return frames;
    }

    /** Begins HTTP/2 without TLS. */
    public static Http2Frames connect(int port, int... settings) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        return begin(socket, settings);
    }

    public Socket socket() {
        return socket;
    }

    /** Sends bytes without a frame header. */
    public void send(byte[] bytes) throws IOException {
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }

    /** Sends a frame. */
    public void send(int type, int flags, int stream, byte[] payload) throws IOException {
        send(frame(type, flags, stream, payload));
    }

    /** Returns the bytes of a frame. */
    public static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .putInt((payload.length << 8) | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** Returns the payload of a frame that contains one number: RST_STREAM or WINDOW_UPDATE. */
    public static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    /** Returns header fields, names and values alternating, as literals without indexing (RFC 7541, section 6.2.2). */
    public static byte[] fields(String... namesAndValues) {
        ByteBuffer block = ByteBuffer.allocate(MAX_FRAME_BYTES);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.put((byte) 0);
            putText(block, namesAndValues[i]);
            putText(block, namesAndValues[i + 1]);
        }
        return Arrays.copyOf(block.array(), block.position());
    }

    private static void putText(ByteBuffer block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int rest = bytes.length - 0x7F;
        if (rest < 0) {
            block.put((byte) bytes.length);
        } else {
            block.put((byte) 0x7F);
            for (; rest >= 0x80; rest >>= 7) {
                block.put((byte) ((rest & 0x7F) | 0x80));
            }
            block.put((byte) rest);
        }
        block.put(bytes);
    }

    /** Reads the next frame. */
    public Frame read() throws IOException {
        int lengthAndType = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[lengthAndType >>> 8];
        in.readFully(payload);
        return new Frame(lengthAndType & 0xFF, flags, stream, payload);
    }

    /** Reads up to the next frame of this type and discards the frames before it. */
    public Frame read(int type) throws IOException {
        Frame frame = read();
        while (frame.type() != type) {
            frame = read();
        }
        return frame;
    }

    /** Reads and discards frames until the server closes the connection; then returns true. */
    public boolean isAtEnd() throws IOException {
        try {
            while (true) {
                read();
            }
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
