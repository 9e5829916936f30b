package io.junctor.wamp.codec.batch;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads the messages of one batch. Each message is copied out of the batch when it is read. Confined to one thread at a time. */
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

    /** Creates a reader of a transport message that is not a batch, but a single WAMP message without framing. */
    public static BatchReader ofOne(byte[] message) throws InvalidBatchException {
        if (message.length == 0) {
            throw new InvalidBatchException("an empty message");
        }
        return new BatchReader(message, ALONE);
    }

    /** Creates a reader without messages, for an empty answer. */
    public static BatchReader ofNothing() {
        return new BatchReader(new byte[0], PREFIXED);
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

    /** The number of bytes of the batch that are not read yet. */
    public int bytesLeft() {
        return batch.length - position;
    }

    /**
     * Reads the next message. Requires that {@link #hasNext} is true.
     *
     * @throws InvalidBatchException if the batch ends within the message
     */
    public byte[] next() throws InvalidBatchException {
        if (separator == ALONE) {
            position = batch.length;
            return batch;
        }
        int bytes = skip();
        int end = separator == PREFIXED ? position : position - 1;
        return Arrays.copyOfRange(batch, end - bytes, end);
    }

    /**
     * Skips the next message and returns its length in bytes. Requires that {@link #hasNext} is true.
     *
     * @throws InvalidBatchException if the batch ends within the message
     */
    public int skip() throws InvalidBatchException {
        int bytes = nextBytes();
        position += bytes + overheadBytes();
        return bytes;
    }

    private int nextBytes() throws InvalidBatchException {
        return switch (separator) {
            case PREFIXED -> prefix();
            case ALONE -> bytesLeft();
            default -> bytesBeforeSeparator();
        };
    }

    private int overheadBytes() {
        return switch (separator) {
            case PREFIXED -> Integer.BYTES;
            case ALONE -> 0;
            default -> 1;
        };
    }

    private int bytesBeforeSeparator() {
        int end = position;
        while (batch[end] != separator) {
            end++;
        }
        return end - position;
    }

    private int prefix() throws InvalidBatchException {
        if (bytesLeft() < Integer.BYTES) {
            throw new InvalidBatchException("a batch that ends within the length of a message");
        }
        int bytes = ByteBuffer.wrap(batch).getInt(position);
        if (bytes < 0 || bytes > bytesLeft() - Integer.BYTES) {
            throw new InvalidBatchException(
                    "a batch that ends within a message of " + Integer.toUnsignedString(bytes) + " bytes");
        }
        return bytes;
    }
}
