package io.junctor.router.connection.transport;

/**
 * Receives the messages of one connection. {@link #onMessage} and {@link #onFault} are never called at the same time,
 * but may be called by different threads one after the other.
 */
public interface MessageReceiver {
    /**
     * Receives one whole WAMP message, in an array of exactly its size that belongs to the receiver. Called once per
     * {@link Connection#demand()}. Never blocks, never throws.
     */
    void onMessage(byte[] message);

    /**
     * Reports that the client broke a rule of framing for which WAMP defines an answer, such as a text frame on a binary subprotocol.
     * {@code problem} may be sent to the client. The connection delivers no further message.
     */
    void onFault(String problem);

    /** Reports that the transport is lost. Called exactly once, as the last call, by any thread. Never blocks. */
    void onClosed(String cause);
}
