package io.junctor.router.connection;

import io.junctor.router.spi.JoinRefused;
import io.junctor.wamp.message.FromClient;

/** Handles what a connection receives before {@code WELCOME}. */
public interface HandshakeHandler {
    /** {@code HELLO}, or {@code AUTHENTICATE} after {@code CHALLENGE}. Called by the reading thread; reading pauses until the answer is queued. */
    void onMessage(FromClient message);

    /** The client is refused: writes it to the logs. */
    void onRefused(JoinRefused refused);

    /** The handshake is over, with or without a session: releases what was reserved for it. Called by any thread, more than once. */
    void end();
}
