package io.junctor.cli.bench.session;

/** The transport of the messages of one session. Confined to the thread of its loop. */
interface SessionTransport {
    /** Sends a message, at the latest in the next turn of the loop. */
    void send(byte[] message);

    /** From now on, the end of the transport is not a failure. */
    void expectEnd();

    /** From now on leaves the bytes of the router unread. */
    void stopReading();

    /** Ends the transport. */
    void close();
}
