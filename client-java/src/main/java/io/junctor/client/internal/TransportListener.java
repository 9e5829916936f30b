package io.junctor.client.internal;

/**
 * Fed by one transport. {@link #onMessage}, {@link #onFault} and {@link #onPong} are never called at the same time, but may
 * come from different threads one after the other. No method blocks or throws.
 */
public interface TransportListener {
    /**
     * One whole WAMP message, in an array of exactly its size that belongs to the listener from now on. Called once per
     * {@link Transport#demand()}.
     */
    void onMessage(byte[] message);

    /** The router is alive: it answered a ping. */
    void onPong();

    /** The router broke the rules of the framing; {@code problem} is safe to send. Nothing more is delivered. */
    void onFault(String problem);

    /** The connection is gone; nothing comes after it. Called exactly once, by any thread. */
    void onClosed(String cause);
}
