package io.junctor.cli.bench.session;

import io.junctor.websocket.FrameException;
import io.junctor.websocket.MessageCompression;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Compresses and decompresses the messages of all connections of a loop. Confined to the thread of the loop. */
final class MessageCompressor implements AutoCloseable {
    /** The smallest message that is compressed: for shorter ones, compression gains less than it costs. */
    private static final int MIN_BYTES = 512;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);

    boolean suits(byte[] message) {
        return message.length >= MIN_BYTES;
    }

    byte[] deflate(byte[] message) {
        deflater.reset();
        return MessageCompression.deflate(deflater, message);
    }

    byte[] inflate(byte[] message, int limitBytes) throws FrameException {
        inflater.reset();
        return MessageCompression.inflate(inflater, message, limitBytes);
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
