package io.junctor.router.connection;

import io.junctor.router.config.JoinRestriction;
import io.junctor.router.config.ListenerLimits;
import io.junctor.router.spi.RequestFields;
import io.junctor.wamp.value.Serializer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads, except that {@link #write} is called by one thread at a time. One client's transport.
 *
 * <p>No method blocks or throws. After {@link #close} or a lost transport, calls do nothing but complete their callbacks.
 */
public interface Connection {
    /** The home of connections that no particular thread reads: runs a task on the thread that submits it. */
    Executor CALLER_THREAD = Runnable::run;

    /** The serialization agreed on with the client. */
    Serializer serializer();

    /**
     * The certificate that the client showed and that leads to an authority which the listener trusts; null where it showed none. By any
     * thread, once the transport is open.
     */
    default @Nullable X509Certificate certificate() {
        return null;
    }

    /** The limits of the listener. */
    ListenerLimits limits();

    /** Which sessions may be opened by this connection. */
    JoinRestriction joins();

    /** The fields of the HTTP request that opened the connection, as far as {@link ConnectionAcceptor#requestFields} names them. */
    default RequestFields requestFields() {
        return RequestFields.NONE;
    }

    /** What carries the messages: {@code websocket}, {@code rawsocket} or {@code longpoll}. */
    default String protocol() {
        return "websocket";
    }

    /** The largest message that the client accepts; {@link Integer#MAX_VALUE} if it sets no limit. Does not change. */
    int receiveLimitBytes();

    /** Where the client is, for logs: address and port, or {@code memory}. */
    String peer();

    /** The listener that the client uses, for logs; empty where there is none. */
    default String listener() {
        return "";
    }

    /** What wrong attempts are counted by: where the client is, without what it can choose itself, such as the port. */
    default String address() {
        return peer();
    }

    /** Returns whether the connection is encrypted or does not leave this machine. */
    default boolean isPrivate() {
        return false;
    }

    /**
     * What tells the client's TLS connection to this router from others, by a type of channel binding (RFC 5929, RFC 9266), or null where
     * there is no such thing: no TLS, or TLS that ends before the router. By any thread, once the transport is open.
     */
    default byte @Nullable [] channelBinding(String type) {
        return null;
    }

    /**
     * Runs tasks on the thread that reads this connection, the same object for all connections of that thread; runs them
     * on the caller's where there is no such thread.
     */
    default Executor home() {
        return CALLER_THREAD;
    }

    /** Whether the transport is not lost: while it is not, {@link #write} may still get bytes to the client. */
    default boolean isOpen() {
        return true;
    }

    /**
     * Asks the client for a sign of life; {@code answered} runs once when there is one, at once where the transport knows, or cannot
     * ask. By any thread, never in a turn.
     */
    default void probe(Runnable answered) {
        answered.run();
    }

    /** Asks for one more message: {@link MessageReceiver#onMessage} is called once for each call of this. */
    void demand();

    /**
     * Tells the largest message accepted from now on: {@link ListenerLimits#HANDSHAKE_BYTES} at first,
     * {@link ListenerLimits#messageBytes()} once a session is open.
     */
    void maxMessageBytes(int bytes);

    /**
     * Sends encoded messages, each as one WAMP message, in this order and after those of earlier calls. The arrays are shared with
     * other connections and must not be changed. {@code done} runs once, when the transport has taken all bytes or is
     * gone: possibly before this method returns, by any thread. The next call comes after it.
     */
    void write(List<byte[]> messages, Runnable done);

    /** Closes the transport once everything handed to {@link #write} before is out. */
    void close(CloseStatus ending);

    /** Drops the transport at once. */
    void drop();
}
