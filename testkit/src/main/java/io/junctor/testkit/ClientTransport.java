package io.junctor.testkit;

import io.junctor.wamp.value.Serializer;
import org.jspecify.annotations.Nullable;

/** The client's side of a transport, which can also break the transport's rules. Confined to the thread of the test. */
public interface ClientTransport {
    /** The serializer that the handshake chose. */
    Serializer serializer();

    /** Sends bytes as one message, in the kind of frame of the serializer. */
    void send(byte[] message);

    /** Sends bytes as one message in a text frame instead of a binary frame, or the reverse. */
    void sendInWrongFrame(byte[] message);

    /** Ends the transport without a close frame. */
    void cut();

    /** Sends a close frame and ends the transport. */
    void close();

    /**
     * Waits up to {@code timeoutMillis} for the next message or the end of the transport. Returns null if neither arrived.
     */
    @Nullable
    ReceivedItem receive(long timeoutMillis);
}
