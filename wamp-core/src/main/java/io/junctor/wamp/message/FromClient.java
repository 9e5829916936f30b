package io.junctor.wamp.message;

/** The messages that a client may send. */
public sealed interface FromClient extends Message permits SessionMessage, Request, Cancel, Yield, ErrorMessage {
    /**
     * This message without the options that the router does not know. Decoded, such options take thirty times the memory
     * of their bytes, as long as the message waits or its call is open. Returns this message if it has none.
     *
     * <p>A session keeps nothing of the messages that return themselves with unknown options: {@code HELLO},
     * {@code ABORT}, {@code AUTHENTICATE} and {@code GOODBYE}.
     */
    default FromClient withoutExtra() {
        return this;
    }
}
