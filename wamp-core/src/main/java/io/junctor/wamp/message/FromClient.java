package io.junctor.wamp.message;

/** The messages that a client may send. */
public sealed interface FromClient extends Message permits SessionMessage, Request, Cancel, Yield, ErrorMessage {
    /**
     * Returns this message without unknown options, or this message itself if it has none. Decoded unknown options use thirty times the
     * memory of their encoded bytes, as long as the message waits or its call is open.
     *
     * <p>By default returns this message with its unknown options. This is correct for {@code HELLO}, {@code ABORT}, {@code AUTHENTICATE}
     * and {@code GOODBYE}, because a session does not store these messages.
     */
    default FromClient withoutExtra() {
        return this;
    }
}
