package io.junctor.router.connection;

import io.junctor.wamp.codec.InvalidRequest;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;

/** Handles what a connection receives from {@code WELCOME} to the end of the session. */
public interface SessionHandler {
    /** A message of {@code receivedBytes} bytes. Called by the reading thread. */
    void onMessage(FromClient message, int receivedBytes);

    /** A request whose options or arguments are not valid. Called by the reading thread. */
    void onInvalidRequest(InvalidRequest invalid, int receivedBytes);

    /** The client broke the protocol. Called by the reading thread. */
    void onViolation(String problem);

    /** The transport is lost: the session ends after everything it sent. Called by any thread. */
    void onTransportLost();

    /** {@code message} cannot be sent to the client. Called by the thread that flushes the outbox, not in the turn. */
    void onUndeliverable(FromRouter message, OutboxListener.Problem problem);
}
