package io.junctor.websocket;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses and decompresses the payload of one message (RFC 7692, section 7.2). Each message is independent: it contains no references to
 * earlier messages. The caller passes a raw {@link Deflater} or {@link Inflater} ({@code nowrap}) that is reset, and resets it afterwards.
 */
public final class MessageCompression {
    /** The last bytes of each compressed message, an empty uncompressed block. They are not sent. */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
    /**
     * The tail and an empty final block. If the message ends within a block, the inflater does not recognise the final block, so that the
     * error is detected.
     */
    private static final byte[] TAIL_AND_END = {0, 0, (byte) 0xFF, (byte) 0xFF, 3, 0};

    /** The minimum free room of the output buffer. It is larger than the marker of a flush, so that the deflater never writes the marker twice. */
    private static final int FLUSH_BYTES = 16;

    private static final int MIN_INFLATED_BYTES = 256;

    private MessageCompression() {}

    /** The maximum compressed size of a message of {@code limitBytes}. It is a little larger, because data that cannot be compressed grows. */
    static int maxBytes(int limitBytes) {
        return (int) Math.min(Integer.MAX_VALUE, (long) limitBytes + (limitBytes >> 10) + FLUSH_BYTES);
    }

    /**
     * Compresses a message. References reach back at most 32 KiB and never beyond the start of the message, so a message that is not larger
     * than a smaller window is also valid for that window.
     */
    public static byte[] deflate(Deflater deflater, byte[] message) {
        deflater.setInput(message);
        byte[] out = new byte[message.length / 2 + FLUSH_BYTES];
        int outBytes = 0;
        do {
            if (out.length - outBytes < FLUSH_BYTES) {
                out = Arrays.copyOf(out, 2 * out.length);
            }
            outBytes += deflater.deflate(out, outBytes, out.length - outBytes, Deflater.SYNC_FLUSH);
        } while (outBytes == out.length);
        return Arrays.copyOf(out, outBytes - TAIL.length);
    }

    /**
     * Decompresses a message.
     *
     * @param limitBytes the length of the longest message allowed; the result uses at most one byte of memory more
     * @throws FrameException if the bytes are not a valid compressed message, or the message is longer than the limit
     */
    public static byte[] inflate(Inflater inflater, byte[] compressed, int limitBytes) throws FrameException {
        byte[] input = Arrays.copyOf(compressed, compressed.length + TAIL_AND_END.length);
        System.arraycopy(TAIL_AND_END, 0, input, compressed.length, TAIL_AND_END.length);
        inflater.setInput(input);
        byte[] out = new byte[(int) Math.min(limitBytes + 1L, Math.max(MIN_INFLATED_BYTES, 4L * compressed.length))];
        int outBytes = 0;
        while (true) {
            outBytes += fill(inflater, out, outBytes);
            if (outBytes > limitBytes) {
                throw FrameException.tooBig(outBytes, limitBytes);
            }
            if (outBytes < out.length) {
                if (!inflater.finished()) {
                    throw FrameException.notCompressed("it ends within a block");
                }
                return Arrays.copyOf(out, outBytes);
            }
            out = Arrays.copyOf(out, (int) Math.min(limitBytes + 1L, 2L * out.length));
        }
    }

    /** Fills the buffer as far as the input allows, and returns the number of added bytes. */
    private static int fill(Inflater inflater, byte[] out, int from) throws FrameException {
        try {
            return inflater.inflate(out, from, out.length - from);
        } catch (DataFormatException e) {
            throw FrameException.notCompressed(e.getMessage());
        }
    }
}
