package io.junctor.server.framing;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Extracts messages from the received bytes of one connection, and writes the header before each message that is sent. The methods for
 * received bytes are confined to the reading thread; the others are thread-safe.
 */
public interface Framing {
    /**
     * Consumes the buffer up to the end of the next message. Reports control frames and violations to
     * {@code connection}.
     *
     * @param limitBytes the length of the longest message allowed
     * @return the message in an array of exactly its length, or null if the buffer contains no complete message: the caller puts
     *     the rest of the buffer before the next bytes
     */
    byte @Nullable [] next(ByteBuffer in, int limitBytes, FramedConnection connection);

    /** Returns whether {@link #next} can return another message without more bytes. */
    default boolean hasNext() {
        return false;
    }

    /** From now on discards received messages. */
    void skipMessages();

    /** Returns how many bytes of an incomplete message are held. */
    int heldBytes();

    /** Returns the messages in the form in which they are framed: several may be joined into one. */
    default List<byte[]> joined(List<byte[]> messages) {
        return messages;
    }

    /** Returns the length of the header of a message that is sent. */
    int headerBytes(int messageBytes);

    /** Writes the header of a message. */
    void putHeader(ByteBuffer out, int messageBytes);

    /** Returns a ping frame to send. */
    byte[] ping();

    /** Returns the frame that answers a ping. */
    byte[] pong(byte[] payload);

    /** Returns whether each ping gets an answer. If not, only the latest ping is answered. */
    boolean answersEachPing();
}
