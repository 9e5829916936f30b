package io.junctor.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Used by one thread at a time. Takes WebSocket frames apart as their bytes arrive and puts messages together (RFC 6455,
 * section 5).
 *
 * <p>What a frame's header announces costs nothing; memory is taken for bytes that are here, at most twice as many. However many
 * frames a message comes in, each of its bytes is copied a few times at most. Control frames and headers wait in the caller's buffer
 * until they are whole: at most {@link #LONGEST_WAIT} bytes.
 */
public final class FrameReader {
    /** What {@link #next} found. */
    public enum Found {
        /** Nothing whole; the rest of the buffer belongs in front of what comes next. */
        NOTHING,
        /** A message: {@link #takeMessage}. */
        MESSAGE,
        /** A ping, a pong or a close frame: {@link #controlPayload}. */
        PING,
        PONG,
        CLOSE,
        /** The beginning of a message in the other kind of frame. */
        WRONG_KIND
    }

    /** The longest beginning of a frame that {@link #next} leaves in the buffer. */
    static final int LONGEST_WAIT = 2 + 4 + 125;

    private static final byte[] EMPTY = {};
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LAST_BIT = 0x80;
    private static final int RESERVED_BITS = 0x70;
    private static final int OPCODE_BITS = 0x0F;
    private static final int MASKED_BIT = 0x80;
    private static final int LENGTH_BITS = 0x7F;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int kind;
    private byte[] message = EMPTY;
    private int messageBytes;
    private boolean inMessage;
    private boolean lastFrame;
    private long frameBytesLeft;
    private int mask;
    private byte[] control = EMPTY;
    private boolean skipping;

    /** Reads messages in text frames, or else in binary frames. */
    public FrameReader(boolean text) {
        this.kind = text ? TEXT : BINARY;
    }

    /** Reads on for the sake of control frames; messages are thrown away from now on. */
    public void skipMessages() {
        skipping = true;
        message = EMPTY;
        messageBytes = 0;
    }

    /**
     * Consumes the buffer up to the end of the next thing found.
     *
     * @param limitBytes the largest message accepted
     */
    public Found next(ByteBuffer in, int limitBytes) throws FrameException {
        while (true) {
            if (frameBytesLeft == 0) {
                Found found = header(in, limitBytes);
                if (found != null) {
                    return found;
                }
            }
            payload(in, limitBytes);
            if (frameBytesLeft > 0) {
                return Found.NOTHING;
            }
            if (lastFrame) {
                inMessage = false;
                if (!skipping) {
                    return Found.MESSAGE;
                }
            }
        }
    }

    /** The message found, in an array of exactly its size. */
    public byte[] takeMessage() {
        byte[] whole = messageBytes == message.length ? message : Arrays.copyOf(message, messageBytes);
        message = EMPTY;
        messageBytes = 0;
        return whole;
    }

    /** The bytes that are kept of a message that is not whole. */
    public int heldBytes() {
        return message.length;
    }

    /** The payload of the control frame found. */
    public byte[] controlPayload() {
        return control;
    }

    /** Reads a header; null where it began a frame of a message. */
    private @Nullable Found header(ByteBuffer in, int limitBytes) throws FrameException {
        if (in.remaining() < 2) {
            return Found.NOTHING;
        }
        int first = in.get(in.position());
        int second = in.get(in.position() + 1);
        if ((first & RESERVED_BITS) != 0) {
            throw FrameException.violation("a reserved bit is set, but no extension was agreed on");
        }
        if ((second & MASKED_BIT) == 0) {
            throw FrameException.violation("frames from a client must be masked");
        }
        int opcode = first & OPCODE_BITS;
        boolean last = (first & LAST_BIT) != 0;
        int length = second & LENGTH_BITS;
        if (opcode >= CLOSE) {
            return control(in, opcode, last, length);
        }
        checkOpcode(opcode);
        if (opcode != CONTINUATION && opcode != kind && !skipping) {
            return Found.WRONG_KIND;
        }
        return message(in, last, length, limitBytes);
    }

    private void checkOpcode(int opcode) throws FrameException {
        if (opcode > BINARY) {
            throw FrameException.violation("opcode " + opcode + " is unknown");
        }
        if (opcode == CONTINUATION && !inMessage) {
            throw FrameException.violation("a continuation frame came without a message to continue");
        }
        if (opcode != CONTINUATION && inMessage) {
            throw FrameException.violation("a message began before the one before it ended");
        }
    }

    private @Nullable Found message(ByteBuffer in, boolean last, int length, int limitBytes) throws FrameException {
        int lengthBytes = length < 126 ? 0 : length == 126 ? 2 : 8;
        if (in.remaining() < 2 + lengthBytes + 4) {
            return Found.NOTHING;
        }
        in.position(in.position() + 2);
        long frameBytes = lengthBytes == 0 ? length : lengthBytes == 2 ? in.getShort() & 0xFFFF : in.getLong();
        if (frameBytes < 0) {
            throw FrameException.violation("the highest bit of a frame's length is set");
        }
        if (frameBytes > limitBytes - messageBytes && !skipping) {
            throw FrameException.tooBig(messageBytes + frameBytes, limitBytes);
        }
        mask = in.getInt();
        frameBytesLeft = frameBytes;
        lastFrame = last;
        inMessage = true;
        return null;
    }

    private Found control(ByteBuffer in, int opcode, boolean last, int length) throws FrameException {
        if (opcode > PONG) {
            throw FrameException.violation("opcode " + opcode + " is unknown");
        }
        if (!last || length > 125) {
            throw FrameException.violation("a control frame is in pieces or longer than 125 bytes");
        }
        if (in.remaining() < 2 + 4 + length) {
            return Found.NOTHING;
        }
        in.position(in.position() + 2);
        int controlMask = in.getInt();
        control = length == 0 ? EMPTY : new byte[length];
        in.get(control);
        unmask(control, 0, length, controlMask);
        return opcode == PING ? Found.PING : opcode == PONG ? Found.PONG : Found.CLOSE;
    }

    private void payload(ByteBuffer in, int limitBytes) {
        int bytes = (int) Math.min(frameBytesLeft, in.remaining());
        if (skipping) {
            in.position(in.position() + bytes);
        } else {
            makeRoom(bytes, limitBytes);
            in.get(message, messageBytes, bytes);
            unmask(message, messageBytes, bytes, mask);
            mask = Integer.rotateLeft(mask, 8 * (bytes & 3));
            messageBytes += bytes;
        }
        frameBytesLeft -= bytes;
    }

    /**
     * Room for bytes that are here. It doubles up to what the message can still become: the end of its last frame, or else the limit. So
     * growing copies fewer bytes than the message has, in one frame or in many.
     */
    private void makeRoom(int bytes, int limitBytes) {
        int neededBytes = messageBytes + bytes;
        if (neededBytes > message.length) {
            long mostBytes = lastFrame ? messageBytes + frameBytesLeft : limitBytes;
            long roomBytes = Math.max(neededBytes, Math.min(mostBytes, 2L * message.length));
            message = Arrays.copyOf(message, (int) roomBytes);
        }
    }

    private static void unmask(byte[] bytes, int from, int count, int mask) {
        if (mask == 0) {
            return;
        }
        int end = from + count;
        int at = from;
        long swapped = Integer.reverseBytes(mask) & 0xFFFF_FFFFL;
        long twice = swapped << 32 | swapped;
        for (; at <= end - 8; at += 8) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ twice);
        }
        for (int shift = 24; at < end; at++, shift -= 8) {
            bytes[at] ^= (byte) (mask >> (shift & 31));
        }
    }
}
