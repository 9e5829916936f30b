package io.junctor.cli.bench.session;

import java.nio.ByteBuffer;

/** Opens a connection by a protocol and frames its messages. Confined to the thread of its loop. */
interface Framing {
    /** Writes the request that opens the connection. */
    void open(WriteBuffer out);

    /** Frames a message; the frame may be held back until {@link #flush}. */
    void message(byte[] message, WriteBuffer out);

    /** Frames the messages that are held back. */
    default void flush(WriteBuffer out) {}

    /** Frames the answer to a ping. */
    default void pong(byte[] payload, WriteBuffer out) {}

    /** Consumes the bytes of the router in the buffer, and leaves an incomplete header there. */
    void read(ByteBuffer in, SocketTransport connection);
}
