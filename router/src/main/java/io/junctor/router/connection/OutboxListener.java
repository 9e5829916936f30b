package io.junctor.router.connection;

import io.junctor.wamp.message.FromRouter;

/** Receives the events of an {@link Outbox}. Called by the thread that flushes the outbox, never in the turn. */
public interface OutboxListener {
    /** The reason why a message cannot be sent. */
    sealed interface Problem permits Problem.Unrepresentable, Problem.TooLarge {
        /** The reason as part of a sentence, without values of the message. */
        String text();

        /** The client's serialization cannot express the message; {@code text} names the argument and the kind of its value. */
        record Unrepresentable(String text) implements Problem {}

        /** The message has {@code bytes} bytes in the client's serialization, but the client accepts only {@code limitBytes}. */
        record TooLarge(int bytes, int limitBytes) implements Problem {
            @Override
            public String text() {
                return "it takes " + bytes + " bytes, and the client accepts messages of " + limitBytes + " bytes";
            }
        }
    }

    /** Reports that {@code message} cannot be sent to this client. */
    void onUndeliverable(FromRouter message, Problem problem);

    /** Reports that the waiting bytes have fallen to the value given to {@link Outbox#tellWhenBelow}. */
    void onDrained();

    /** Reports that the transport did not take all bytes of a write at once. Called by the drainer for each such write. */
    void onSlow();
}
