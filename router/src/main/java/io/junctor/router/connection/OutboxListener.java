package io.junctor.router.connection;

import io.junctor.wamp.message.FromRouter;

/** Receives what happens to the messages of an {@link Outbox}. Called by any thread that flushes, never in the turn. */
public interface OutboxListener {
    /** Why a message cannot be sent. */
    enum Problem {
        /** The client's serialization cannot express it. */
        UNREPRESENTABLE,
        /** It is larger than the client accepts. */
        TOO_LARGE
    }

    /** {@code message} cannot be sent to this client. */
    void onUndeliverable(FromRouter message, Problem problem);

    /** No more bytes wait than {@link Outbox#tellWhenBelow} asked for. */
    void onDrained();

    /** The transport did not take everything at once. Called for each such write, by the thread that drains. */
    void onSlow();
}
