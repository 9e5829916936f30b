package io.junctor.wamp.message;

import io.junctor.wamp.value.Payload;

/** Immutable. A WAMP message (section "Messages"). */
public sealed interface Message permits FromClient, FromRouter {
    /** The type code, the first element on the wire. */
    int code();

    /** The arguments; {@link Payload#NONE} for messages that cannot have any. */
    default Payload payload() {
        return Payload.NONE;
    }
}
