package io.junctor.server.framing;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How messages are cut out of the bytes of one connection, and what precedes each message that is sent. The methods for
 * received bytes are confined to the reading thread; the others are thread-safe.
 */
public interface Framing {
    /**
     * Consumes the buffer up to the end of the next message. Reports control frames and violations to
     * {@code connection}.
     *
     * @param limitBytes the length of the longest message allowed
     * @return the message in an array of exactly its length, or null if the buffer has no whole one: the caller puts
     *     the rest of the buffer before the next bytes
     */
    byte @Nullable [] next(ByteBuffer in, int limitBytes, FramedConnection connection);

    /** Whether {@link #next} returns another message although no byte comes. */
    default boolean hasNext() {
        return false;
    }

    /** From now on discards messages. */
    void skipMessages();

    /** How many bytes are held of a message that is not complete. */
    int heldBytes();

    /** The messages as they are framed: several may be joined to one. */
    default List<byte[]> joined(List<byte[]> messages) {
        return messages;
    }

    /** How many bytes precede a message that is sent. */
    int headerBytes(int messageBytes);

    /** Writes what precedes a message. */
    void putHeader(ByteBuffer out, int messageBytes);

    /** A ping to send. */
    byte[] ping();

    /** The answer to a ping. */
    byte[] pong(byte[] payload);

    /** Whether each ping gets an answer; if not, the latest one does. */
    boolean answersEachPing();
}
