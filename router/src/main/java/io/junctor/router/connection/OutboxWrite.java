package io.junctor.router.connection;

import io.junctor.router.memory.MemoryPressure;
import java.util.ArrayList;
import java.util.List;

/** Counts what the unfinished write took off an {@link Outbox}. Confined to the drainer. */
final class OutboxWrite {
    long bytes;
    long heapBytes;
    int messages;
    /** The bytes of encoded messages that were counted; 0 if they are small. */
    private int encodedBytes;
    /** The large events among the messages; immutable while it is empty, as in most writes. */
    private List<EncodeOnce> shared = List.of();

    /** Adds the message of {@code node}, which leaves the outbox. */
    void add(OutboxMessage node) {
        bytes += node.bytes;
        heapBytes += node.heapBytes;
        messages++;
        if (node.shared != null && node.shared.isShared()) {
            if (shared.isEmpty()) {
                shared = new ArrayList<>(4);
            }
            shared.add(node.shared);
        }
    }

    /** Counts the encoded form of a large message until the transport has taken it: it is a copy of its arguments. */
    void countEncoded(int batchBytes, MemoryPressure pressure) {
        int own = batchBytes;
        for (EncodeOnce each : shared) {
            own -= each.heldBytes();
        }
        encodedBytes = Math.max(0, own);
        pressure.add(encodedBytes);
    }

    /** The transport has taken everything, or is lost: resets the counts for the next write. */
    void end(MemoryPressure pressure) {
        bytes = 0;
        heapBytes = 0;
        messages = 0;
        if (encodedBytes > 0) {
            pressure.add(-encodedBytes);
            encodedBytes = 0;
        }
        if (!shared.isEmpty()) {
            shared.forEach(each -> each.release(pressure));
            shared = List.of();
        }
    }
}
