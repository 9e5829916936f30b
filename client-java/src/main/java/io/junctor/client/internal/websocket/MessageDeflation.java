package io.junctor.client.internal.websocket;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.eclipse.jetty.util.compression.CompressionPool;
import org.eclipse.jetty.websocket.core.WebSocketComponents;

/**
 * Compresses and decompresses whole messages (RFC 7692, section 7.2), each independent of earlier ones. Thread-safe.
 *
 * @param pools lend deflaters and inflaters, and reset them
 */
record MessageDeflation(WebSocketComponents pools) {
    /** The smallest message that is compressed: for shorter ones, compression gains less than it costs. */
    static final int MIN_BYTES = 512;

    /** The length of {@code 00 00 FF FF}, which the sender removes from the end of each message (RFC 7692, section 7.2.1). */
    private static final int TAIL_BYTES = 4;
    /** These four bytes and an empty final block: with them the inflater reports its end, unless the data ends in the middle of a block. */
    private static final byte[] TAIL_AND_END = {0, 0, (byte) 0xFF, (byte) 0xFF, 3, 0};

    /** The additional room in the output for a flush: with less, the deflater could write its marker twice. */
    private static final int FLUSH_BYTES = 16;

    /** The longest array that every JVM can create. */
    private static final int LARGEST_ARRAY_BYTES = Integer.MAX_VALUE - 8;

    /** Reports that the message is longer than the limit. */
    static final class MessageTooLargeException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Returns the most bytes that a message of {@code limitBytes} takes when compressed: incompressible data grows a little. */
    static int maxBytes(int limitBytes) {
        return (int) Math.min(Integer.MAX_VALUE, (long) limitBytes + (limitBytes >> 10) + FLUSH_BYTES);
    }

    byte[] deflate(byte[] message) {
        CompressionPool<Deflater>.Entry entry = pools.getDeflaterPool().acquire();
        try {
            Deflater deflater = entry.get();
            deflater.setInput(message);
            byte[] out = new byte[message.length / 2 + FLUSH_BYTES];
            int outBytes = 0;
            do {
                if (out.length - outBytes < FLUSH_BYTES) {
                    out = Arrays.copyOf(out, 2 * out.length);
                }
                outBytes += deflater.deflate(out, outBytes, out.length - outBytes, Deflater.SYNC_FLUSH);
            } while (outBytes == out.length);
            return Arrays.copyOf(out, outBytes - TAIL_BYTES);
        } finally {
            entry.release();
        }
    }

    /** Decompresses a message; the result takes at most one byte more memory than the limit. */
    byte[] inflate(byte[] compressed, int limitBytes) throws DataFormatException, MessageTooLargeException {
        CompressionPool<Inflater>.Entry entry = pools.getInflaterPool().acquire();
        try {
            return inflate(entry.get(), compressed, limitBytes);
        } finally {
            entry.release();
        }
    }

    private static byte[] inflate(Inflater inflater, byte[] compressed, int limit)
            throws DataFormatException, MessageTooLargeException {
        byte[] input = Arrays.copyOf(compressed, compressed.length + TAIL_AND_END.length);
        System.arraycopy(TAIL_AND_END, 0, input, compressed.length, TAIL_AND_END.length);
        inflater.setInput(input);
        int limitBytes = Math.min(limit, LARGEST_ARRAY_BYTES - 1);
        byte[] out = new byte[room(256 + 4L * compressed.length, limitBytes)];
        int outBytes = 0;
        while (true) {
            outBytes += inflater.inflate(out, outBytes, out.length - outBytes);
            if (outBytes > limitBytes) {
                throw new MessageTooLargeException();
            }
            if (outBytes < out.length) {
                if (!inflater.finished()) {
                    throw new DataFormatException("it ends within a block");
                }
                return Arrays.copyOf(out, outBytes);
            }
            out = Arrays.copyOf(out, room(2L * out.length, limitBytes));
        }
    }

    /** Returns the bytes to allocate for a message; one more than the limit shows that the message is too large. */
    private static int room(long wantedBytes, int limitBytes) {
        return (int) Math.min(limitBytes + 1L, wantedBytes);
    }
}
