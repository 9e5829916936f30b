package io.junctor.conformance.websocket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the frames of the side that is tested and checks that each is right (RFC 6455, section 5; RFC 7692, section 6). Confined to
 * one thread.
 */
final class FrameInput {
    private static final int RESERVED = 0x70;
    private static final int CONTROL = 0x08;

    /** A message, a control frame, or the end of the stream. */
    static final class Received {
        final Kind kind;
        final byte[] payload;

        private Received(Kind kind, byte[] payload) {
            this.kind = kind;
            this.payload = payload;
        }

        /** What was received. */
        enum Kind {
            MESSAGE,
            CLOSE,
            PING,
            PONG,
            END
        }
    }

    private final DataInputStream in;
    private final boolean masked;
    private final int messageOpcode;
    private boolean compression;
    /** The window of the compressing side: a longer message must not be compressed, as the window ends with each message. */
    private int windowBytes = 1 << 15;

    FrameInput(InputStream in, boolean masked, int messageOpcode) {
        this.in = new DataInputStream(in);
        this.masked = masked;
        this.messageOpcode = messageOpcode;
    }

    /** Messages may be compressed; a window below the largest one means that longer messages are not. */
    void acceptCompressed(int windowBits) {
        compression = true;
        windowBytes = windowBits == 15 ? Integer.MAX_VALUE : 1 << windowBits;
    }

    /** Reads the next message or control frame. */
    Received next() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean begun = false;
        boolean deflated = false;
        while (true) {
            int first;
            try {
                first = in.read();
            } catch (SocketException reset) {
                first = -1;
            }
            if (first < 0) {
                return new Received(Received.Kind.END, new byte[0]);
            }
            int opcode = first & 0x0F;
            boolean fin = (first & Script.FIN) != 0;
            byte[] payload = payload();
            if (opcode >= CONTROL) {
                require(fin && payload.length <= 125 && (first & RESERVED) == 0, "a wrong control frame");
                return new Received(kind(opcode), payload);
            }
            require(opcode == (begun ? 0 : messageOpcode), "a frame with opcode " + opcode);
            deflated |= (first & RESERVED) == Script.COMPRESSED;
            require((first & RESERVED) == 0 || (compression && !begun && deflated), "a reserved bit");
            begun = true;
            message.writeBytes(payload);
            if (fin) {
                byte[] bytes = message.toByteArray();
                return new Received(Received.Kind.MESSAGE, deflated ? inflate(bytes) : bytes);
            }
        }
    }

    private byte[] payload() throws IOException {
        int second = in.readUnsignedByte();
        require((second & 0x80) != 0 == masked, masked ? "a frame without a mask" : "a masked frame");
        long length = second & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
            require(length > 125, "a length in too many octets");
        } else if (length == 127) {
            length = in.readLong();
            require(length > 65_535, "a length in too many octets");
        }
        int key = masked ? in.readInt() : 0;
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= (byte) (key >>> (24 - 8 * (i % 4)));
        }
        return payload;
    }

    private static Received.Kind kind(int opcode) {
        return switch (opcode) {
            case 8 -> Received.Kind.CLOSE;
            case 9 -> Received.Kind.PING;
            case 10 -> Received.Kind.PONG;
            default -> throw new AssertionError("received an unknown opcode: " + opcode);
        };
    }

    private byte[] inflate(byte[] compressed) {
        Inflater inflater = new Inflater(true);
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] tail = {0, 0, (byte) 0xFF, (byte) 0xFF};
            byte[] buffer = new byte[8_192];
            inflater.setInput(compressed);
            boolean ended = false;
            while (true) {
                int count = inflater.inflate(buffer);
                all.write(buffer, 0, count);
                if (count == 0 && ended) {
                    require(all.size() <= windowBytes, "a compressed message larger than the window");
                    return all.toByteArray();
                }
                if (count == 0) {
                    inflater.setInput(tail);
                    ended = true;
                }
            }
        } catch (DataFormatException e) {
            throw new AssertionError("received a message that cannot be decompressed", e);
        } finally {
            inflater.end();
        }
    }

    /** Reads the head of an HTTP message. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Reads the rest of the stream as text. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void require(boolean condition, String wrong) {
        if (!condition) {
            throw new AssertionError("received " + wrong);
        }
    }
}
