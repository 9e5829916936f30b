package io.junctor.cluster.engine;

/** Is told whether the engine is connected. The engine calls it on one thread at a time; it must not block. */
public interface HealthListener {
    /** All connections work. */
    void onConnected();

    /**
     * A connection is lost; the engine tries to get it back.
     *
     * @param reason for people
     */
    void onDisconnected(String reason);
}
