package io.junctor.wamp.inprocess;

/**
 * Receives the messages of the router for one client in the same process. One thread of the router at a time calls the methods. The methods
 * may block; then only this client waits.
 */
public interface InProcessListener {
    /** Receives one WAMP message. Other clients receive the same array, so it must not be changed. */
    void onMessage(byte[] message);

    /** Receives the answer to a ping. */
    void onPong();

    /** Called exactly once, as the last call, when the connection has ended. */
    void onClosed(String cause);
}
