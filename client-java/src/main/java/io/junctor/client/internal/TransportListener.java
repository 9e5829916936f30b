package io.junctor.client.internal;

/**
 * Receives what arrives at one transport.
 *
 * <p>{@link #onMessage}, {@link #onFault} and {@link #onPong} are never called at the same time, but may be called by
 * different threads one after the other. No method blocks or throws.
 */
public interface TransportListener {
    /**
     * One whole WAMP message in an array of its size, which the listener may keep. Called once per
     * {@link Transport#demand()}.
     */
    void onMessage(byte[] message);

    /** The router answered a ping. */
    void onPong();

    /** The router violated the framing. {@code problem} may be sent to it. Nothing more is delivered. */
    void onFault(String problem);

    /** The connection has ended. Called exactly once, by any thread, as the last method. */
    void onClosed(String cause);
}
