package io.junctor.cluster.nats;

import io.junctor.cluster.engine.RouterId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What NATS carries for a lane: a message, or a part of one. Immutable.
 *
 * <pre>
 *   magic 'J' (1 byte), version (1), least version that can read it (1), flags (1), router (8), sequence (8),
 *   [part (4), parts (4), where flag 1 is set], body
 * </pre>
 */
final class Frame {
    static final int MOST_HEADER_BYTES = 28;
    private static final byte MAGIC = 'J';
    private static final byte VERSION = 2;
    /** Since this version, the bodies of messages about events and calls have their present form. */
    private static final byte OLDEST_VERSION = 2;

    private static final byte IS_PART = 1;
    private static final int WHOLE_HEADER_BYTES = 20;

    private final RouterId from;
    private final long sequence;
    private final int part;
    private final int parts;
    private final ByteBuffer body;

    private Frame(RouterId from, long sequence, int part, int parts, ByteBuffer body) {
        this.from = from;
        this.sequence = sequence;
        this.part = part;
        this.parts = parts;
        this.body = body;
    }

    static byte[] whole(RouterId from, long sequence, byte[] body) {
        return header(from, sequence, (byte) 0, WHOLE_HEADER_BYTES + body.length)
                .put(body)
                .array();
    }

    /** The part {@code part}, from 0, of a body that is sent in {@code parts} parts. */
    static byte[] part(RouterId from, long sequence, int part, int parts, ByteBuffer body) {
        return header(from, sequence, IS_PART, MOST_HEADER_BYTES + body.remaining())
                .putInt(part)
                .putInt(parts)
                .put(body)
                .array();
    }

    /**
     * Reads a frame.
     *
     * @return null if the bytes are none, or of a version that this one cannot read
     */
    static @Nullable Frame read(byte[] bytes) {
        if (bytes.length < WHOLE_HEADER_BYTES) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        boolean isOurs = buffer.get() == MAGIC;
        boolean isReadable = buffer.get() >= OLDEST_VERSION;
        isReadable &= buffer.get() <= VERSION;
        boolean isPart = (buffer.get() & IS_PART) != 0;
        if (!isOurs || !isReadable || (isPart && bytes.length < MOST_HEADER_BYTES)) {
            return null;
        }
        RouterId from = new RouterId(buffer.getLong());
        long sequence = buffer.getLong();
        int part = isPart ? buffer.getInt() : 0;
        int parts = isPart ? buffer.getInt() : 1;
        return new Frame(from, sequence, part, parts, buffer);
    }

    RouterId from() {
        return from;
    }

    long sequence() {
        return sequence;
    }

    int part() {
        return part;
    }

    int parts() {
        return parts;
    }

    /** The body, from the buffer's position to its end. */
    ByteBuffer body() {
        return body.slice();
    }

    private static ByteBuffer header(RouterId from, long sequence, byte flags, int bytes) {
        return ByteBuffer.allocate(bytes)
                .put(MAGIC)
                .put(VERSION)
                .put(VERSION)
                .put(flags)
                .putLong(from.value())
                .putLong(sequence);
    }
}
