package io.junctor.router.connection;

import io.junctor.router.spi.JoinRefused;
import io.junctor.wamp.message.FromClient;

/** Handles the messages that a connection receives before {@code WELCOME}. */
public interface HandshakeHandler {
    /**
     * Handles {@code HELLO}, or {@code AUTHENTICATE} after {@code CHALLENGE}. Called by the reading thread; reading pauses until the answer
     * is queued.
     */
    void onMessage(FromClient message);

    /** Writes the refusal of the client to the logs. */
    void onRefused(JoinRefused refused);

    /**
     * Ends the handshake, with or without a session, and releases the resources that were reserved for it. Any thread may call it, more
     * than once.
     */
    void end();
}
