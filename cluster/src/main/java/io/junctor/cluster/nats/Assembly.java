package io.junctor.cluster.nats;

import io.junctor.cluster.engine.RouterId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the messages of a lane from their parts. Confined to the thread that receives for the lane. The parts of a message have consecutive
 * sequence numbers; if a part is missing, the message is dropped.
 */
final class Assembly {
    private static final int MOST_BYTES = 256 << 20;
    /** Of so many routers at most, messages may be incomplete: ids of routers may be invented. */
    private static final int MOST_ROUTERS = 1024;

    private final Map<RouterId, Incomplete> incomplete = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RouterId, Incomplete> eldest) {
            return size() > MOST_ROUTERS;
        }
    };

    /** Adds a frame; returns the body of the message that it completes, or null if it completes no message. */
    byte @Nullable [] add(Frame frame) {
        if (frame.parts() == 1) {
            incomplete.remove(frame.from());
            return bytes(frame.body());
        }
        Incomplete message = frame.part() == 0 ? new Incomplete(frame) : incomplete.remove(frame.from());
        if (message == null || !message.add(frame)) {
            return null;
        }
        if (message.isComplete()) {
            return message.body.toByteArray();
        }
        incomplete.put(frame.from(), message);
        return null;
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

        boolean add(Frame frame) {
            boolean follows = frame.part() == next
                    && frame.parts() == parts
                    && frame.sequence() == firstSequence + next
                    && body.size() + frame.body().remaining() <= MOST_BYTES;
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
