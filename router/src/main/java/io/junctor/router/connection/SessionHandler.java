package io.junctor.router.connection;

import io.junctor.wamp.codec.InvalidRequestException;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;

/** Handles the messages that a connection receives from {@code WELCOME} to the end of the session. */
public interface SessionHandler {
    /** Handles a message of {@code receivedBytes} bytes. Called by the reading thread. */
    void onMessage(FromClient message, int receivedBytes);

    /** Handles a request whose options or arguments are not valid. Called by the reading thread. */
    void onInvalidRequest(InvalidRequestException invalid, int receivedBytes);

    /** Ends the session, because the client broke the protocol. Called by the reading thread. */
    void onViolation(String problem);

    /** Ends the session, because the transport is lost, after all messages that the client sent before are handled. Any thread may call it. */
    void onTransportLost();

    /** Handles a message that cannot be sent to the client. Called by the thread that flushes the outbox, not in the turn. */
    void onUndeliverable(FromRouter message, OutboxListener.Problem problem);
}
