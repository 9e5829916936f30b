package io.junctor.router.connection;

import io.junctor.wamp.message.FromRouter;
import org.jspecify.annotations.Nullable;

/**
 * A message in the list of an {@link Outbox}. The appender makes it and links it by {@link #next}; then the drainer owns the other
 * fields.
 */
final class OutboxMessage {
    /** The message for this client only. The drainer sets it to null, as the last node stays in the list. */
    @Nullable
    FromRouter message;

    /** The event that other clients get, too. The drainer sets it to null. */
    @Nullable
    EncodeOnce shared;

    /** The bytes that count against the client's limit. */
    final int bytes;
    /** The bytes of heap that this outbox alone keeps alive: without a large event that other outboxes hold, too. */
    final int heapBytes;
    /** Written by the appender once, read by the drainer; publishes the node. */
    volatile @Nullable OutboxMessage next;

    OutboxMessage(@Nullable FromRouter message, @Nullable EncodeOnce shared, int payloadBytes, int heapPayloadBytes) {
        this.message = message;
        this.shared = shared;
        this.bytes = Outbox.OVERHEAD_BYTES + payloadBytes;
        this.heapBytes = Outbox.OVERHEAD_BYTES + heapPayloadBytes;
    }
}
