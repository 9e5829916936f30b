package io.junctor.router.connection;

import io.junctor.wamp.message.FromRouter;

/** Receives what happens to the messages of an {@link Outbox}. Called by any thread that flushes, never in the turn. */
public interface OutboxListener {
    /** Why a message cannot be sent. */
    sealed interface Problem permits Problem.Unrepresentable, Problem.TooLarge {
        /** The reason as part of a sentence, without values of the message. */
        String text();

        /** The client's serialization cannot express it; {@code text} names the argument and what it holds. */
        record Unrepresentable(String text) implements Problem {}

        /** It takes {@code bytes} in the client's serialization, and the client accepts {@code limitBytes}. */
        record TooLarge(int bytes, int limitBytes) implements Problem {
            @Override
            public String text() {
                return "it takes " + bytes + " bytes, and the client accepts messages of " + limitBytes + " bytes";
            }
        }
    }

    /** {@code message} cannot be sent to this client. */
    void onUndeliverable(FromRouter message, Problem problem);

    /** No more bytes wait than {@link Outbox#tellWhenBelow} asked for. */
    void onDrained();

    /** The transport did not take everything at once. The thread that drains calls it for each such write. */
    void onSlow();
}
