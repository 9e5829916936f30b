package io.junctor.client.internal;

import io.junctor.wamp.value.Serializer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads, except that {@link #write} is called by one thread at a time. One connection to a
 * router. No method blocks or throws; after {@link #close}, {@link #drop} or a lost connection, calls do nothing but run
 * their callbacks.
 */
public interface Transport {
    /** The serialization agreed on with the router. */
    Serializer serializer();

    /**
     * What tells this TLS connection from others, by a type of channel binding (RFC 5929, RFC 9266); null where there is no such thing.
     */
    default byte @Nullable [] channelBinding(String type) {
        return null;
    }

    /** Called once, before any other method but {@link #serializer} and {@link #channelBinding}: who is told what arrives. */
    void start(TransportListener listener);

    /** Asks for one more message: {@link TransportListener#onMessage} is called once for each call of this. */
    void demand();

    /**
     * Sends encoded messages in this order and after those of earlier calls. {@code done} runs once, when the transport
     * has taken all bytes or is gone: possibly before this method returns, by any thread. The next call comes after it.
     */
    void write(List<byte[]> messages, Runnable done);

    /** Asks the router for a sign of life, which arrives as {@link TransportListener#onPong}. */
    void ping();

    /** Closes with this WebSocket close code, or the nearest it can send, once everything handed to {@link #write} before is out. */
    void close(int code);

    /** Drops the connection at once. */
    void drop();
}
