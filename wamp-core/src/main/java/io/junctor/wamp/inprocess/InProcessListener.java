package io.junctor.wamp.inprocess;

/**
 * Receives what the router sends to one client in the same process. The methods are called by one thread at a time, which belongs
 * to the router; they may be slow, but then only this client waits.
 */
public interface InProcessListener {
    /** One whole WAMP message. Other clients receive the same array, so it must not be changed. */
    void onMessage(byte[] message);

    /** The answer to a ping. */
    void onPong();

    /** The connection has ended: the last call, exactly once. */
    void onClosed(String cause);
}
