package io.junctor.cluster.engine;

/**
 * Is notified when the engine loses a connection and when all connections work again. The engine calls a listener on one thread at a time; the
 * listener must not block.
 */
public interface HealthListener {
    /** All connections of the engine work. */
    void onConnected();

    /**
     * A connection is lost; the engine tries to reconnect.
     *
     * @param reason the reason, as text for people
     */
    void onDisconnected(String reason);
}
