package io.junctor.client.internal;

import io.junctor.wamp.value.Serializer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a router. Thread-safe, except that {@link #write} is called by one thread at a time.
 *
 * <p>No method blocks or throws. After {@link #close}, {@link #drop} or the loss of the connection, methods have no
 * effect except that they run their callbacks.
 */
public interface Transport {
    /** The serializer that the router chose. */
    Serializer serializer();

    /** The longest message that the router accepts; {@link Integer#MAX_VALUE} if it announced no limit. */
    default int maxSentBytes() {
        return Integer.MAX_VALUE;
    }

    /**
     * The channel binding of this type (RFC 5929, RFC 9266), or null if the connection has none.
     */
    default byte @Nullable [] channelBinding(String type) {
        return null;
    }

    /**
     * Sets the listener for received messages. Called once, before all other methods except {@link #serializer},
     * {@link #maxSentBytes} and {@link #channelBinding}.
     */
    void start(TransportListener listener);

    /** Requests one more message. {@link TransportListener#onMessage} is called once for each call of this method. */
    void demand();

    /**
     * Sends encoded messages in this order, after those of earlier calls. {@code done} runs once, on any thread, when
     * the transport has accepted all bytes or has ended, possibly before this method returns. The caller must not call this method again
     * before that.
     */
    void write(List<byte[]> messages, Runnable done);

    /** Sends a ping. {@link TransportListener#onPong} reports the answer. */
    void ping();

    /** Closes with this WebSocket close code after all messages that were passed to {@link #write} are sent. */
    void close(int code);

    /** Ends the connection at once. */
    void drop();
}
