package io.junctor.wamp.message;

/** Immutable. A WAMP message (section "Messages"). */
public sealed interface Message permits FromClient, FromRouter {
    /** The type code, the first element on the wire. */
    int code();
}
