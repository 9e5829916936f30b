package io.junctor.testkit;

import io.junctor.websocket.FrameException;
import io.junctor.websocket.FrameReader;
import io.junctor.websocket.MessageCompression;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.Inflater;

/**
 * Reads the frames of a server from a stream; blocks until a frame is complete. Confined to one thread at a
 * time.
 */
final class ServerFrames {
    private static final int BUFFER_BYTES = 8_192;
    private static final int MAX_INFLATED_BYTES = 1 << 28;

    private final InputStream in;
    private final FrameReader frames;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

    ServerFrames(InputStream in, boolean text) {
        this.in = in;
        this.frames = FrameReader.ofServerFrames(text);
    }

    /** From now on returns control frames only. */
    void skipMessages() {
        frames.skipMessages();
    }

    /** Reads up to the end of the next message or control frame. */
    FrameReader.ReadResult next() throws IOException {
        try {
            FrameReader.ReadResult found = frames.next(buffer, Integer.MAX_VALUE);
            while (found == FrameReader.ReadResult.NOTHING) {
                fill();
                found = frames.next(buffer, Integer.MAX_VALUE);
            }
            return found;
        } catch (FrameException e) {
            throw new IOException("the server broke the WebSocket protocol: " + e.reason(), e);
        }
    }

    /** Notes that the opening handshake agreed on permessage-deflate. */
    void acceptCompressed() {
        frames.acceptCompressed();
    }

    byte[] takeMessage() throws IOException {
        byte[] message = frames.takeMessage();
        if (!frames.isCompressed()) {
            return message;
        }
        Inflater inflater = new Inflater(true);
        try {
            return MessageCompression.inflate(inflater, message, MAX_INFLATED_BYTES);
        } catch (FrameException e) {
            throw new IOException("the server broke the WebSocket protocol: " + e.reason(), e);
        } finally {
            inflater.end();
        }
    }

    byte[] controlPayload() {
        return frames.controlPayload();
    }

    /** Returns whether bytes were read from the stream that are not part of a returned frame. */
    boolean hasUnparsed() {
        return buffer.hasRemaining();
    }

    private void fill() throws IOException {
        buffer.compact();
        int count = in.read(buffer.array(), buffer.position(), buffer.remaining());
        buffer.position(buffer.position() + Math.max(count, 0)).flip();
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
    }
}
