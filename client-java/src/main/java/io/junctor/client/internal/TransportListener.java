package io.junctor.client.internal;

/**
 * Receives the messages and events of one transport.
 *
 * <p>{@link #onMessage}, {@link #onFault} and {@link #onPong} are never called at the same time, but may be called by
 * different threads one after the other. No method blocks or throws.
 */
public interface TransportListener {
    /**
     * Receives one whole WAMP message in an array of its size, which the listener may keep. Called once per
     * {@link Transport#demand()}.
     */
    void onMessage(byte[] message);

    /** Called when the router answered a ping. */
    void onPong();

    /** Called when the router violated the framing. {@code problem} may be sent to it. No message is delivered afterwards. */
    void onFault(String problem);

    /** Called when the connection has ended: exactly once, by any thread, as the last method. */
    void onClosed(String cause);
}
