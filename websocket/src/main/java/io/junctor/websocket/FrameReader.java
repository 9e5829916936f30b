package io.junctor.websocket;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames while their bytes arrive and joins the frames of each message (RFC 6455, section 5). Confined to one thread at a time.
 *
 * <p>The reader does not allocate memory for a length that a header announces, but only for bytes that have arrived: at most twice their
 * number. Each byte of a message is copied at most a few times, whatever the number of frames of the message. Incomplete headers and
 * control frames stay in the caller's buffer: at most {@link #MAX_INCOMPLETE_BYTES} bytes.
 */
public final class FrameReader {
    /** The results of {@link #next}. */
    public enum ReadResult {
        /** No complete message or control frame. The caller has to put the remaining bytes of the buffer before the next bytes. */
        NOTHING,
        /** A complete message, which {@link #takeMessage} returns. */
        MESSAGE,
        /** A ping, whose payload {@link #controlPayload} returns. */
        PING,
        /** A pong, whose payload {@link #controlPayload} returns. */
        PONG,
        /** A close frame, whose payload {@link #controlPayload} returns. */
        CLOSE,
        /** The first frame of a message is a text frame where binary frames are expected, or the reverse. */
        WRONG_OPCODE
    }

    /** The maximum number of bytes of an incomplete header or control frame that {@link #next} leaves in the buffer. */
    static final int MAX_INCOMPLETE_BYTES = 2 + FrameHeader.MASK_BYTES + FrameHeader.MAX_CONTROL_PAYLOAD_BYTES;

    private static final byte[] EMPTY = {};

    private final int messageOpcode;
    private final int maskBit;
    private final int maskBytes;
    private byte[] message = EMPTY;
    private int messageBytes;
    /** The number of bytes of an incomplete text message that are already checked to be complete UTF-8 characters. */
    private int checkedBytes;

    private boolean inMessage;
    private boolean lastFrame;
    private long frameBytesLeft;
    private int mask;
    private byte[] control = EMPTY;
    private boolean skipping;
    private boolean compressionAgreed;
    private boolean compressed;

    private FrameReader(boolean text, boolean masked) {
        this.messageOpcode = Opcode.ofMessages(text);
        this.maskBit = masked ? FrameHeader.MASKED : 0;
        this.maskBytes = masked ? FrameHeader.MASK_BYTES : 0;
    }

    /** Creates a reader of a client's frames, which are masked. Messages are in text frames if {@code text}, otherwise in binary frames. */
    public static FrameReader ofClientFrames(boolean text) {
        return new FrameReader(text, true);
    }

    /** Creates a reader of a server's frames, which are not masked. Messages are in text frames if {@code text}, otherwise in binary frames. */
    public static FrameReader ofServerFrames(boolean text) {
        return new FrameReader(text, false);
    }

    /** Makes this reader accept compressed messages, too. Called if the opening handshake agreed on permessage-deflate (RFC 7692). */
    public void acceptCompressed() {
        compressionAgreed = true;
    }

    /** Makes this reader return control frames only and discard messages. */
    public void skipMessages() {
        skipping = true;
        forgetMessage();
    }

    /**
     * Consumes the buffer up to the end of the next message or control frame.
     *
     * @param limitBytes the length of the longest message allowed
     * @throws FrameException if the peer breaks the rules of framing or a message is too long
     */
    public ReadResult next(ByteBuffer in, int limitBytes) throws FrameException {
        while (true) {
            if (frameBytesLeft == 0) {
                ReadResult found = header(in, limitBytes);
                if (found != null) {
                    return found;
                }
            }
            payload(in, limitBytes);
            if (frameBytesLeft > 0 || !lastFrame) {
                checkText();
            }
            if (frameBytesLeft > 0) {
                return ReadResult.NOTHING;
            }
            if (lastFrame) {
                inMessage = false;
                if (!skipping) {
                    return ReadResult.MESSAGE;
                }
            }
        }
    }

    /** The message that {@link #next} found, in an array of exactly its length. */
    public byte[] takeMessage() {
        byte[] whole = messageBytes == message.length ? message : Arrays.copyOf(message, messageBytes);
        forgetMessage();
        return whole;
    }

    private void forgetMessage() {
        message = EMPTY;
        messageBytes = 0;
        checkedBytes = 0;
    }

    /** Whether the message that {@link #next} found is compressed (RFC 7692, section 6). */
    public boolean isCompressed() {
        return compressed;
    }

    /** The number of bytes of an incomplete message that this reader holds. */
    public int heldBytes() {
        return message.length;
    }

    /** The payload of the control frame that {@link #next} found. */
    public byte[] controlPayload() {
        return control;
    }

    /** Reads a header. Returns null if the frame is part of a message, so that its payload has to be read next. */
    private @Nullable ReadResult header(ByteBuffer in, int limitBytes) throws FrameException {
        if (in.remaining() < 2) {
            return ReadResult.NOTHING;
        }
        int first = in.get(in.position());
        int second = in.get(in.position() + 1);
        if ((second & FrameHeader.MASKED) != maskBit) {
            throw FrameException.violation(
                    maskBit == 0 ? "frames from a server must not be masked" : "frames from a client must be masked");
        }
        int opcode = first & FrameHeader.OPCODE_BITS;
        boolean last = (first & FrameHeader.FIN) != 0;
        int length = second & FrameHeader.LENGTH_BITS;
        checkReservedBits(first, opcode);
        if (opcode >= Opcode.CLOSE) {
            return control(in, opcode, last, length);
        }
        checkOpcode(opcode);
        boolean isFirst = opcode != Opcode.CONTINUATION;
        if (isFirst && opcode != messageOpcode && !skipping) {
            return ReadResult.WRONG_OPCODE;
        }
        if (isFirst) {
            compressed = (first & FrameHeader.COMPRESSED) != 0;
        }
        return message(in, last, length, compressed ? MessageCompression.maxBytes(limitBytes) : limitBytes);
    }

    /** Checks the reserved bits: only the first frame of a message may set one of them, the bit of a compressed message (RFC 7692, section 6). */
    private void checkReservedBits(int first, int opcode) throws FrameException {
        int reserved = first & FrameHeader.RESERVED_BITS;
        boolean mayBeCompressed = compressionAgreed && (opcode == Opcode.TEXT || opcode == Opcode.BINARY);
        if (reserved != 0 && !(mayBeCompressed && reserved == FrameHeader.COMPRESSED)) {
            throw FrameException.violation(
                    compressionAgreed
                            ? "a reserved bit is set that permessage-deflate does not define for this frame"
                            : "a reserved bit is set, but no extension was agreed on");
        }
    }

    private void checkOpcode(int opcode) throws FrameException {
        if (opcode > Opcode.BINARY) {
            throw FrameException.violation("opcode " + opcode + " is unknown");
        }
        if (opcode == Opcode.CONTINUATION && !inMessage) {
            throw FrameException.violation("a continuation frame came outside of a message");
        }
        if (opcode != Opcode.CONTINUATION && inMessage) {
            throw FrameException.violation("a message began before the previous one ended");
        }
    }

    private @Nullable ReadResult message(ByteBuffer in, boolean last, int length, int limitBytes)
            throws FrameException {
        int lengthBytes = FrameHeader.lengthBytes(length);
        if (in.remaining() < 2 + lengthBytes + maskBytes) {
            return ReadResult.NOTHING;
        }
        in.position(in.position() + 2);
        long frameBytes = lengthBytes == 0 ? length : lengthBytes == 2 ? in.getShort() & 0xFFFF : in.getLong();
        if (frameBytes < 0) {
            throw FrameException.violation("the highest bit of a frame's length is set");
        }
        if (FrameHeader.lengthBytes(frameBytes) != lengthBytes) {
            throw FrameException.violation("the length of a frame is written in more bytes than it needs");
        }
        if (frameBytes > limitBytes - messageBytes && !skipping) {
            throw FrameException.tooBig(messageBytes + frameBytes, limitBytes);
        }
        mask = maskBit == 0 ? 0 : in.getInt();
        frameBytesLeft = frameBytes;
        lastFrame = last;
        inMessage = true;
        return null;
    }

    private ReadResult control(ByteBuffer in, int opcode, boolean last, int length) throws FrameException {
        if (opcode > Opcode.PONG) {
            throw FrameException.violation("opcode " + opcode + " is unknown");
        }
        if (!last || length > FrameHeader.MAX_CONTROL_PAYLOAD_BYTES) {
            throw FrameException.violation("a control frame is fragmented or longer than 125 bytes");
        }
        if (in.remaining() < 2 + maskBytes + length) {
            return ReadResult.NOTHING;
        }
        in.position(in.position() + 2);
        int controlMask = maskBit == 0 ? 0 : in.getInt();
        control = length == 0 ? EMPTY : new byte[length];
        in.get(control);
        Mask.apply(control, 0, length, controlMask);
        if (opcode == Opcode.CLOSE) {
            checkClose();
            return ReadResult.CLOSE;
        }
        return opcode == Opcode.PING ? ReadResult.PING : ReadResult.PONG;
    }

    /** Checks a close frame: its payload is empty, or contains a code and a reason in UTF-8 (RFC 6455, section 5.5.1). */
    private void checkClose() throws FrameException {
        if (control.length == 1) {
            throw FrameException.violation("a close frame has one byte of payload");
        }
        if (control.length > 1 && !CloseCode.isSendable(CloseCode.of(control))) {
            throw FrameException.violation("a close frame has the invalid code " + CloseCode.of(control));
        }
        if (control.length > 2 && IncrementalUtf8Check.wholeEnd(control, 2, control.length) != control.length) {
            throw FrameException.notUtf8("the reason of a close frame");
        }
    }

    private void payload(ByteBuffer in, int limitBytes) {
        int bytes = (int) Math.min(frameBytesLeft, in.remaining());
        if (skipping) {
            in.position(in.position() + bytes);
        } else {
            reserve(bytes, limitBytes);
            in.get(message, messageBytes, bytes);
            Mask.apply(message, messageBytes, bytes, mask);
            mask = Mask.after(mask, bytes);
            messageBytes += bytes;
        }
        frameBytesLeft -= bytes;
    }

    /**
     * Fails an incomplete text message as soon as its bytes are not valid UTF-8 (RFC 6455, section 8.1). Complete messages are not checked
     * here, because the code that decodes a message checks it as a whole.
     */
    private void checkText() throws FrameException {
        if (messageOpcode == Opcode.TEXT && !compressed && !skipping) {
            checkedBytes = IncrementalUtf8Check.wholeEnd(message, checkedBytes, messageBytes);
            if (checkedBytes < 0) {
                throw FrameException.notUtf8("a text message");
            }
        }
    }

    /**
     * Makes room for bytes that have arrived. The array doubles, up to the maximum length of the message: the end of its last frame if that
     * is known, otherwise the limit. So all copies together copy fewer bytes than the message has.
     */
    private void reserve(int bytes, int limitBytes) {
        int neededBytes = messageBytes + bytes;
        if (neededBytes > message.length) {
            long maxBytes = lastFrame ? messageBytes + frameBytesLeft : limitBytes;
            long newBytes = Math.max(neededBytes, Math.min(maxBytes, 2L * message.length));
            message = Arrays.copyOf(message, (int) newBytes);
        }
    }
}
