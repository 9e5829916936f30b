package io.junctor.router.realm;

import io.junctor.router.connection.Connection;
import io.junctor.router.connection.KnownOptions;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.message.FromClient;

/** Used by the thread that reads from one connection. Decodes messages of a client, those before {@code WELCOME} within narrower limits. */
final class MessageDecoder {
    private final Codec codec;
    private final Codec handshakeCodec;

    MessageDecoder(Connection connection, Codecs codecs, Codecs handshakeCodecs) {
        this.codec = codecs.of(connection.serializer());
        this.handshakeCodec = handshakeCodecs.of(connection.serializer());
    }

    /** The message with the options that the router knows. */
    FromClient decode(byte[] message, SessionState now) {
        Codec fitting = switch (now) {
            case CLOSED, JOINING, CHALLENGING -> handshakeCodec;
            case ESTABLISHED, SHUTTING_DOWN, FAILED -> codec;
        };
        return KnownOptions.of(fitting.decodeFromClient(message));
    }
}
