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
     * The client broke the rules of the framing in a way that WAMP answers, such as a text frame on a binary
     * subprotocol. {@code problem} may be sent to the client. The connection delivers no further message.
     */
    void onFault(String problem);

    /** The transport is lost: the last call. Called exactly once, by any thread. Never blocks. */
    void onClosed(String cause);
}
