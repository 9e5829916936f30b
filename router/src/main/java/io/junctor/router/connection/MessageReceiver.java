package io.junctor.router.connection;

/**
 * Fed by one connection. {@link #onMessage} and {@link #onFault} are never called at the same time, but may come from
 * different threads one after the other.
 */
public interface MessageReceiver {
    /**
     * One whole WAMP message, in an array of exactly its size that belongs to the receiver from now on. Called once per
     * {@link Connection#demand()}. Never blocks, never throws.
     */
    void onMessage(byte[] message);

    /**
     * The peer broke the rules of the framing in a way that WAMP answers, such as a text frame on a binary
     * subprotocol; {@code problem} is safe to send. The connection delivers nothing more.
     */
    void onFault(String problem);

    /** The transport is gone; nothing comes after it. Called exactly once, by any thread. Never blocks. */
    void onClosed(String cause);
}
