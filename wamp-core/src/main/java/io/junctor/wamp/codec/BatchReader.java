package io.junctor.wamp.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The messages of one batch, each copied out of it when it is taken. Confined to one thread at a time. */
public final class BatchReader {
    private static final int PREFIXED = -1;
    private static final int ALONE = -2;

    private final byte[] batch;
    private final int separator;
    private int position;

    private BatchReader(byte[] batch, int separator) {
        this.batch = batch;
        this.separator = separator;
    }

    /** Reads a transport message that is not a batch: one WAMP message without anything around it. */
    public static BatchReader ofOne(byte[] message) throws InvalidBatch {
        if (message.length == 0) {
            throw new InvalidBatch("an empty message");
        }
        return new BatchReader(message, ALONE);
    }

    static BatchReader ofSeparated(byte[] batch, byte separator) {
        return new BatchReader(batch, separator);
    }

    static BatchReader ofPrefixed(byte[] batch) {
        return new BatchReader(batch, PREFIXED);
    }

    /** Whether there is another message. */
    public boolean hasNext() {
        return position < batch.length;
    }

    /** How many bytes of the batch are left. */
    public int bytesLeft() {
        return batch.length - position;
    }

    /**
     * The next message; only while {@link #hasNext}.
     *
     * @throws InvalidBatch if the batch ends within the message
     */
    public byte[] next() throws InvalidBatch {
        return switch (separator) {
            case PREFIXED -> nextPrefixed();
            case ALONE -> nextAlone();
            default -> nextSeparated();
        };
    }

    private byte[] nextAlone() {
        position = batch.length;
        return batch;
    }

    private byte[] nextSeparated() {
        int end = position;
        while (batch[end] != separator) {
            end++;
        }
        byte[] message = Arrays.copyOfRange(batch, position, end);
        position = end + 1;
        return message;
    }

    private byte[] nextPrefixed() throws InvalidBatch {
        if (bytesLeft() < Integer.BYTES) {
            throw new InvalidBatch("a batch that ends within the length of a message");
        }
        int bytes = ByteBuffer.wrap(batch).getInt(position);
        if (bytes < 0 || bytes > bytesLeft() - Integer.BYTES) {
            throw new InvalidBatch(
                    "a batch that ends within a message of " + Integer.toUnsignedString(bytes) + " bytes");
        }
        int from = position + Integer.BYTES;
        position = from + bytes;
        return Arrays.copyOfRange(batch, from, position);
    }
}
