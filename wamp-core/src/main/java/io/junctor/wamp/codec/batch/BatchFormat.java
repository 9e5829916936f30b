package io.junctor.wamp.codec.batch;

import io.junctor.wamp.value.Serializer;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Joins the messages of a batched subprotocol, such as {@code wamp.2.json.batched}, into one transport message (section
 * "Message Batching"). Thread-safe.
 *
 * <p>In JSON a separator follows each message. The specification writes it as {@code \30}: RFC 20 calls the octet 0x1E the record
 * separator, but some peers send 0x18, because they read {@code \30} as an octal number. The reader accepts both octets, and a peer that
 * sends 0x18 receives 0x18. In MessagePack and CBOR the length of each message precedes the message in four bytes, the most significant
 * byte first.
 */
public final class BatchFormat {
    static final byte RECORD_SEPARATOR = 0x1E;
    static final byte OCTAL_SEPARATOR = 0x18;

    private final boolean text;
    private volatile byte separator = RECORD_SEPARATOR;

    public BatchFormat(Serializer serializer) {
        this.text = serializer.isText();
    }

    /** Joins at least one message. */
    public byte[] join(List<byte[]> messages) {
        int overheadBytes = text ? 1 : Integer.BYTES;
        int bytes = messages.stream()
                .mapToInt(message -> message.length + overheadBytes)
                .sum();
        ByteBuffer batch = ByteBuffer.allocate(bytes);
        for (byte[] message : messages) {
            if (text) {
                batch.put(message).put(separator);
            } else {
                batch.putInt(message.length).put(message);
            }
        }
        return batch.array();
    }

    /**
     * Reads the messages of a batch one after the other.
     *
     * @throws InvalidBatchException if the batch is empty or its last message is incomplete
     */
    public BatchReader read(byte[] batch) throws InvalidBatchException {
        if (batch.length == 0) {
            throw new InvalidBatchException("a batch without a message");
        }
        if (!text) {
            return BatchReader.ofPrefixed(batch);
        }
        byte last = batch[batch.length - 1];
        if (last != RECORD_SEPARATOR && last != OCTAL_SEPARATOR) {
            throw new InvalidBatchException("a batch that does not end with the separator 0x1E");
        }
        separator = last;
        return BatchReader.ofSeparated(batch, last);
    }
}
