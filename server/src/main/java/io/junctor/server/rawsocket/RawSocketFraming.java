package io.junctor.server.rawsocket;

import io.junctor.server.framing.FramedConnection;
import io.junctor.server.framing.Framing;
import io.junctor.wamp.rawsocket.FramePrefix;
import io.junctor.websocket.CloseCode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one RawSocket connection. As thread-safe as {@link Framing} demands.
 *
 * <p>The length in a prefix allocates no memory: memory is allocated for bytes that have arrived, at most twice as
 * much.
 */
final class RawSocketFraming implements Framing {
    private static final byte[] EMPTY = {};
    private static final int NO_FRAME = -1;

    /** The maximum length that the handshake announced to the client. */
    private final int announcedBytes;

    private byte[] frame = EMPTY;
    private int receivedBytes;
    /** The length of the frame whose prefix was read, or {@link #NO_FRAME}. */
    private int frameBytes = NO_FRAME;

    private int type;
    private boolean skipping;

    RawSocketFraming(int announcedBytes) {
        this.announcedBytes = announcedBytes;
    }

    @Override
    public byte @Nullable [] next(ByteBuffer in, int limitBytes, FramedConnection connection) {
        while (frameBytes != NO_FRAME || in.remaining() >= FramePrefix.BYTES) {
            if (frameBytes == NO_FRAME) {
                String problem = begin(in.getInt(), Math.min(limitBytes, announcedBytes));
                if (problem != null) {
                    connection.onViolation(CloseCode.PROTOCOL_ERROR, problem);
                    return null;
                }
            }
            take(in);
            if (receivedBytes < frameBytes) {
                return null;
            }
            byte[] whole = frame;
            boolean isSkipped = skipping && type == FramePrefix.MESSAGE;
            end();
            if (type == FramePrefix.PING) {
                connection.onPing(whole);
            } else if (type == FramePrefix.MESSAGE && !isSkipped) {
                return whole;
            }
        }
        return null;
    }

    /** Parses the prefix of a frame. Returns the problem with it, or null. */
    private @Nullable String begin(int prefix, int limitBytes) {
        String problem = FramePrefix.problem(prefix);
        int bytes = FramePrefix.bytes(prefix);
        type = FramePrefix.type(prefix);
        boolean isDiscarded = skipping && type == FramePrefix.MESSAGE;
        if (problem == null && bytes > limitBytes && !isDiscarded) {
            return "message of " + bytes + " bytes is over the limit of " + limitBytes + " bytes";
        }
        frameBytes = bytes;
        return problem;
    }

    private void take(ByteBuffer in) {
        int bytes = Math.min(frameBytes - receivedBytes, in.remaining());
        if (skipping && type == FramePrefix.MESSAGE) {
            in.position(in.position() + bytes);
        } else {
            reserve(bytes);
            in.get(frame, receivedBytes, bytes);
        }
        receivedBytes += bytes;
    }

    private void reserve(int bytes) {
        int neededBytes = receivedBytes + bytes;
        if (neededBytes > frame.length) {
            long doubled = Math.min(frameBytes, 2L * frame.length);
            frame = Arrays.copyOf(frame, (int) Math.max(neededBytes, doubled));
        }
    }

    private void end() {
        frame = EMPTY;
        receivedBytes = 0;
        frameBytes = NO_FRAME;
    }

    @Override
    public void skipMessages() {
        skipping = true;
        if (type == FramePrefix.MESSAGE) {
            frame = EMPTY;
        }
    }

    @Override
    public int heldBytes() {
        return frame.length;
    }

    @Override
    public int headerBytes(int messageBytes) {
        return FramePrefix.BYTES;
    }

    @Override
    public void putHeader(ByteBuffer out, int messageBytes) {
        out.putInt(FramePrefix.of(FramePrefix.MESSAGE, messageBytes));
    }

    @Override
    public byte[] ping() {
        return control(FramePrefix.PING, EMPTY);
    }

    @Override
    public byte[] pong(byte[] payload) {
        return control(FramePrefix.PONG, payload);
    }

    private static byte[] control(int type, byte[] payload) {
        return ByteBuffer.allocate(FramePrefix.BYTES + payload.length)
                .putInt(FramePrefix.of(type, payload.length))
                .put(payload)
                .array();
    }

    @Override
    public boolean answersEachPing() {
        return true;
    }
}
