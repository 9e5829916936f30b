package io.junctor.cli.bench.session;

import java.nio.ByteBuffer;

/** How a connection is opened and how its messages are framed. Confined to the thread of its loop. */
interface Framing {
    /** Asks the router for a connection. */
    void open(Outgoing out);

    /** Frames a message; it may wait for {@link #flush}. */
    void message(byte[] message, Outgoing out);

    /** Frames the messages that wait. */
    default void flush(Outgoing out) {}

    /** Frames the answer to a ping. */
    default void pong(byte[] payload, Outgoing out) {}

    /** Takes what the router sent off the buffer, and leaves an incomplete header in it. */
    void read(ByteBuffer in, Connection connection);
}
