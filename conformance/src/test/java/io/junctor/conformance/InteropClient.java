package io.junctor.conformance;

import java.util.List;

/** One of several clients that exchange events, calls and errors. For one thread. */
sealed interface InteropClient extends AutoCloseable permits ForeignClientProcess, JavaInteropClient {
    /** The name, which is part of the URIs of its procedures. */
    String name();

    /** Waits until the client has subscribed and registered. */
    void awaitReady();

    /** Lets the client publish to these clients and call each of them. */
    void meet(List<String> peers);

    /** Waits until the client has the answers and events of all the others. */
    void awaitDone();

    /** Leaves the realm with {@code GOODBYE}. */
    void leave();

    /** Ends the client, however far it is. */
    @Override
    void close();
}
