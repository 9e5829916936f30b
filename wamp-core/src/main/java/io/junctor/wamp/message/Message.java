package io.junctor.wamp.message;

import io.junctor.wamp.value.Payload;

/** A WAMP message (section "Messages"). */
public sealed interface Message permits FromClient, FromRouter {
    /** The type code: the first element of the message. */
    int code();

    /** The arguments; {@link Payload#NONE} for messages without arguments. */
    default Payload payload() {
        return Payload.NONE;
    }
}
