package io.junctor.router.turn;

import org.jspecify.annotations.Nullable;

/** An operation that waits in a list: in the batch of a pass, or behind others of its source. Thread-safe but for {@link #next}. */
final class QueuedOperation {
    final @Nullable OperationSource source;
    final Runnable operation;
    /** The bytes of a client's messages that it holds. */
    final int bytes;
    /** Whether it must run after what its source has parked. */
    final boolean last;

    /** The next one of the list; touched by the owner of the list only. */
    @Nullable
    QueuedOperation next;

    QueuedOperation(@Nullable OperationSource source, int bytes, Runnable operation, boolean last) {
        this.source = source;
        this.operation = operation;
        this.bytes = bytes;
        this.last = last;
    }
}
