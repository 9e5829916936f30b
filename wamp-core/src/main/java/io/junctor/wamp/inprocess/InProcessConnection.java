package io.junctor.wamp.inprocess;

import java.util.List;

/**
 * The client's end of a connection to a router in the same process. Thread-safe, but only one thread at a time calls {@link #write}.
 *
 * <p>No method blocks, throws, or runs the router or the listener on the calling thread. After the connection has ended, methods
 * have no effect except that they run their callbacks.
 */
public interface InProcessConnection {
    /** The maximum size of a message that the router accepts. */
    int maxSentBytes();

    /** Sets the listener. Called once, before all other methods except {@link #maxSentBytes} and {@link #close}. */
    void start(InProcessListener listener);

    /** Demands one more message: {@link InProcessListener#onMessage} is called once per call of this method. */
    void demand();

    /**
     * Sends encoded messages in this order. The caller must not change the arrays afterwards. {@code done} runs once, on any thread, when
     * the router has taken all messages or the connection has ended. The caller makes the next call after {@code done} has run.
     */
    void write(List<byte[]> messages, Runnable done);

    /** Pings the router, which answers by {@link InProcessListener#onPong}. */
    void ping();

    /** Ends the connection. Messages that the router has not taken are discarded. */
    void close();
}
