package io.junctor.conformance.websocket;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Compresses messages in the ways that RFC 7692 allows (section 7.2.3), for the cases. Thread-safe. */
final class Deflated {
    private static final int TAIL_BYTES = 4;

    private Deflated() {}

    /** In the usual way. */
    static byte[] of(byte[] message) {
        return of(message, Deflater.DEFAULT_COMPRESSION, Deflater.DEFAULT_STRATEGY);
    }

    /** With a level and a strategy of {@link Deflater}. */
    static byte[] of(byte[] message, int level, int strategy) {
        return one(level, strategy, message)[0];
    }

    /** Blocks that end after each of these parts, as one message. */
    static byte[] blocks(byte[]... parts) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] part : parts) {
                all.writeBytes(flushed(deflater, part));
            }
            return withoutTail(all.toByteArray());
        } finally {
            deflater.end();
        }
    }

    /** Several messages with one window, so that a later one refers to an earlier one. */
    static byte[][] withContext(byte[]... messages) {
        return one(Deflater.DEFAULT_COMPRESSION, Deflater.DEFAULT_STRATEGY, messages);
    }

    private static byte[][] one(int level, int strategy, byte[]... messages) {
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setStrategy(strategy);
            byte[][] compressed = new byte[messages.length][];
            for (int i = 0; i < messages.length; i++) {
                compressed[i] = withoutTail(flushed(deflater, messages[i]));
            }
            return compressed;
        } finally {
            deflater.end();
        }
    }

    /** With a block that is marked as the last one (BFINAL), and the octet that RFC 7692, section 7.2.3.4, adds. */
    static byte[] withFinalBlock(byte[] message) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(message);
            deflater.finish();
            byte[] out = new byte[message.length + 100];
            int count = deflater.deflate(out);
            return Arrays.copyOf(out, count + 1);
        } finally {
            deflater.end();
        }
    }

    private static byte[] flushed(Deflater deflater, byte[] message) {
        deflater.setInput(message);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        // The first call may return nothing, after it has set the strategy.
        for (int empty = 0; empty < 2; ) {
            int count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            all.write(buffer, 0, count);
            empty += count == 0 ? 1 : 0;
        }
        return all.toByteArray();
    }

    private static byte[] withoutTail(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length - TAIL_BYTES);
    }
}
