package io.junctor.cluster.nats;

import io.junctor.cluster.engine.RouterId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the messages of a lane from their parts. The parts of a message have consecutive sequence numbers; if a part is missing, the
 * message is dropped. As ids of routers may be invented, all incomplete messages together are bounded: then the one that has waited for its
 * next part for longest is dropped. Not thread-safe.
 */
final class Assembly {
    private static final int MOST_BYTES = 256 << 20;
    /** At most this many routers have an incomplete message. */
    private static final int MOST_ROUTERS = 1024;

    private final int mostBytes;
    /** The incomplete messages, ordered by the arrival of their last part. */
    private final Map<RouterId, Incomplete> incomplete = new LinkedHashMap<>();
    /** How many bytes the incomplete messages have. */
    private long bytes;

    Assembly() {
        this(MOST_BYTES);
    }

    /** {@code mostBytes} bounds a message, and all incomplete messages together. */
    Assembly(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Adds a frame; returns the body of the message that it completes, or null if it completes no message. */
    byte @Nullable [] add(Frame frame) {
        Incomplete before = remove(frame.from());
        if (frame.parts() == 1) {
            return bytes(frame.body());
        }
        Incomplete message = frame.part() == 0 ? new Incomplete(frame) : before;
        if (message == null || !message.add(frame, mostBytes)) {
            return null;
        }
        if (message.isComplete()) {
            return message.body.toByteArray();
        }
        keep(frame.from(), message);
        return null;
    }

    private @Nullable Incomplete remove(RouterId from) {
        Incomplete message = incomplete.remove(from);
        bytes -= message == null ? 0 : message.body.size();
        return message;
    }

    /** Keeps a message, and drops others if there are too many or too large ones. */
    private void keep(RouterId from, Incomplete message) {
        incomplete.put(from, message);
        bytes += message.body.size();
        while (bytes > mostBytes || incomplete.size() > MOST_ROUTERS) {
            remove(incomplete.keySet().iterator().next());
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static final class Incomplete {
        private final long firstSequence;
        private final int parts;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private int next;

        Incomplete(Frame first) {
            this.firstSequence = first.sequence();
            this.parts = first.parts();
        }

        boolean add(Frame frame, int mostBytes) {
            boolean follows = frame.part() == next
                    && frame.parts() == parts
                    && frame.sequence() == firstSequence + next
                    && body.size() + frame.body().remaining() <= mostBytes;
            if (follows) {
                body.writeBytes(bytes(frame.body()));
                next++;
            }
            return follows;
        }

        boolean isComplete() {
            return next == parts;
        }
    }
}
