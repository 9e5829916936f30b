package io.junctor.router.connection;

import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.message.FromClient;

/** Decodes the messages of the clients of one listener that use one serialization. Thread-safe. */
record ConnectionCodecs(Codec handshake, Codec session) {
    /** Before {@code WELCOME} narrower limits hold. */
    FromClient decode(byte[] message, SessionState state) {
        Codec current = switch (state) {
            case CLOSED, JOINING, CHALLENGING -> handshake;
            case ESTABLISHED, SHUTTING_DOWN, FAILED -> session;
        };
        return current.decodeFromClient(message).withoutExtra();
    }
}
