package io.junctor.conformance;

import java.util.List;

/** Used by one thread. One client among those that exchange events, calls and errors with each other. */
sealed interface InteropClient extends AutoCloseable permits ForeignClientProcess, JavaInteropClient {
    /** What its procedures are named after. */
    String name();

    /** Waits until the client has done what it does alone and others can reach it. */
    void awaitReady();

    /** Publishes to these and calls each of them, or makes the client begin to. */
    void meet(List<String> peers);

    /** Waits until it has its answers from all it was to meet, and their events. */
    void awaitDone();

    /** Leaves the realm in order. */
    void leave();

    /** Ends what is left of the client. */
    @Override
    void close();
}
