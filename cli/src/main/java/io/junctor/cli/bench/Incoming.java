package io.junctor.cli.bench;

import io.junctor.websocket.FrameException;
import io.junctor.websocket.FrameReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what a WebSocket server sends: the answer to the upgrade request, then frames. Confined to the thread of its loop. */
final class Incoming {
    private static final int MAX_MESSAGE_BYTES = 64 << 20;
    private static final String UPGRADED = "HTTP/1.1 101";

    private final FrameReader frames;
    private boolean upgraded;

    Incoming(boolean text) {
        this.frames = FrameReader.ofServerFrames(text);
    }

    /** Takes the messages and control frames off the buffer and leaves an incomplete header in it. */
    void read(ByteBuffer buffer, Connection connection) {
        if (!upgraded && !upgrade(buffer, connection)) {
            return;
        }
        try {
            readFrames(buffer, connection);
        } catch (FrameException e) {
            throw new BenchFailure("the server broke the WebSocket protocol: " + e.reason() + ".");
        }
    }

    private void readFrames(ByteBuffer buffer, Connection connection) throws FrameException {
        while (true) {
            switch (frames.next(buffer, MAX_MESSAGE_BYTES)) {
                case NOTHING -> {
                    return;
                }
                case MESSAGE -> connection.onMessage(frames.takeMessage());
                case PING -> connection.onPing(frames.controlPayload());
                case PONG -> {}
                case CLOSE -> connection.onClose(frames.controlPayload());
                case WRONG_OPCODE ->
                    throw new BenchFailure("the server sent text frames instead of binary frames, or the reverse.");
            }
        }
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
}
