package io.junctor.router.turn;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads. One origin of operations, such as a session: they run in the order in which it submits
 * them, and only so many of them, with so many bytes, wait.
 */
public abstract class OperationSource {
    /** The operations of this lane that are in the mailbox. Written by submitters and by the holder of the turn. */
    final Backlog waiting = new Backlog();
    /** The one operation that found no room. Set by the submitter, taken by the holder of the turn who runs it. */
    final AtomicReference<@Nullable Parked> parked = new AtomicReference<>();

    /** An operation is about to be parked: nothing more may be submitted until {@link #onRoom}. */
    protected abstract void onPark();

    /** The parked operation has run: submitting may go on. Called outside of the turn. */
    protected abstract void onRoom();
}
