package io.junctor.cli.bench.session;

/** What carries the messages of one session. Confined to the thread of its loop. */
interface SessionTransport {
    /** Sends a message, at the latest when the loop turns next. */
    void send(byte[] message);

    /** An end of the transport is no failure from now on. */
    void expectEnd();

    /** From now on what the router sends stays where it is. */
    void stopReading();

    /** Ends the transport. */
    void close();
}
