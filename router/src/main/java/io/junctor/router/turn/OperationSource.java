package io.junctor.router.turn;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A source of operations, such as a session. Its operations run in the order in which it submits them. The number of
 * its operations that wait is limited, and so are their bytes. Thread-safe.
 */
public abstract class OperationSource {
    /** The operations of this source in the mailbox. Written by submitters and by the holder of the turn. */
    final Mailbox.Backlog waiting = new Mailbox.Backlog();
    /**
     * The operation that found no room in the mailbox. Set by the submitter; taken by the holder of the turn, which
     * runs it.
     */
    final AtomicReference<@Nullable ParkedOperation> parked = new AtomicReference<>();

    /** Called before an operation is parked: the source must submit no operations until {@link #onRoom}. */
    protected abstract void onPark();

    /** Called when the parked operation has run: the source may submit operations again. Called outside of the turn. */
    protected abstract void onRoom();
}
