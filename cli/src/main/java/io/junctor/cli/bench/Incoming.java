package io.junctor.cli.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Takes apart what a WebSocket server sends: the answer to the upgrade, then frames. */
final class Incoming {
    private static final int FINAL_FRAME = 0x80;
    private static final int OPCODE = 0x0F;
    private static final int LENGTH = 0x7F;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int CONTROL = 8;
    private static final String UPGRADED = "HTTP/1.1 101";

    private final ByteArrayOutputStream fragments = new ByteArrayOutputStream(0);
    private boolean upgraded;

    /** Takes whole frames off the buffer and leaves the rest in it. */
    void read(ByteBuffer buffer, Connection connection) {
        if (!upgraded && !upgrade(buffer, connection)) {
            return;
        }
        boolean more;
        do {
            more = frame(buffer, connection);
        } while (more);
    }

    private boolean upgrade(ByteBuffer buffer, Connection connection) {
        String answer = StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
        int head = answer.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        if (!answer.startsWith(UPGRADED)) {
            throw new BenchFailure("the server did not accept the WebSocket; it answered '"
                    + answer.lines().findFirst().orElse("") + "'.");
        }
        buffer.position(buffer.position() + head + 4);
        upgraded = true;
        connection.onUpgraded();
        return true;
    }

    private boolean frame(ByteBuffer buffer, Connection connection) {
        int start = buffer.position();
        if (buffer.remaining() < 2) {
            return false;
        }
        int flags = buffer.get();
        int length = length(buffer);
        if (length < 0 || buffer.remaining() < length) {
            buffer.position(start);
            return false;
        }
        byte[] content = new byte[length];
        buffer.get(content);
        deliver(flags, content, connection);
        return true;
    }

    /** Negative where the header is not complete. */
    private static int length(ByteBuffer buffer) {
        int length = buffer.get() & LENGTH;
        if (length < SHORT_LENGTH) {
            return length;
        }
        if (length == SHORT_LENGTH) {
            return buffer.remaining() < Short.BYTES ? -1 : Short.toUnsignedInt(buffer.getShort());
        }
        assert length == LONG_LENGTH;
        return buffer.remaining() < Long.BYTES ? -1 : Math.toIntExact(buffer.getLong());
    }

    private void deliver(int flags, byte[] content, Connection connection) {
        int opcode = flags & OPCODE;
        if (opcode >= CONTROL) {
            connection.onControl(opcode, content);
        } else if ((flags & FINAL_FRAME) == 0) {
            fragments.writeBytes(content);
        } else if (fragments.size() == 0) {
            connection.onMessage(content);
        } else {
            fragments.writeBytes(content);
            connection.onMessage(fragments.toByteArray());
            fragments.reset();
        }
    }
}
