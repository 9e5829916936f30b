package io.junctor.testkit;

import io.junctor.wamp.value.Serializer;
import org.jspecify.annotations.Nullable;

/** Used by one thread. The client's end of a transport, which can also break the rules of that transport. */
public interface Link {
    /** The serialization agreed on. */
    Serializer serializer();

    /** Sends one whole message, whatever its bytes are. */
    void send(byte[] message);

    /** Sends one whole message in the kind of frame that does not fit the serialization. */
    void sendInWrongFrame(byte[] message);

    /** Loses the transport, as a pulled cable does: the router is told nothing but that it is gone. */
    void cut();

    /** Closes the transport as a polite client does; nothing of it is left after that. */
    void close();

    /** The next thing that arrived; waits for up to {@code timeoutMillis}, then null. */
    @Nullable
    Arrival receive(long timeoutMillis);
}
