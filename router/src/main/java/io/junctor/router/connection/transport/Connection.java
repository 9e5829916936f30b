package io.junctor.router.connection.transport;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.metrics.Transport;
import io.junctor.router.spi.PeerCredentials;
import io.junctor.router.spi.RequestFields;
import io.junctor.wamp.value.Serializer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The transport of one client. No method blocks or throws. After {@link #close}, or after the transport is lost,
 * methods do nothing but run the callbacks that they were given. Thread-safe, but only one thread at a time calls
 * {@link #write}.
 */
public interface Connection {
    /** Runs each task on the thread that submits it: the {@link #home} of connections that no particular thread reads. */
    Executor CALLER_THREAD = Runnable::run;

    /** The serialization agreed on with the client. */
    Serializer serializer();

    /**
     * The client's certificate, issued by an authority that the listener trusts; null without one. Any thread may call
     * it once the transport is open.
     */
    default @Nullable X509Certificate certificate() {
        return null;
    }

    /**
     * The account of the client, as the operating system reports it for a Unix domain socket; null on other transports, and behind a proxy.
     * Any thread may call it once the transport is open.
     */
    default @Nullable PeerCredentials peerCredentials() {
        return null;
    }

    /** The limits of the listener. */
    ListenerLimits limits();

    /** The restriction of the sessions that may be opened on this connection. */
    JoinRestriction joins();

    /** The fields of the HTTP request that opened the connection, restricted to those that {@link ConnectionAcceptor#requestFields} names. */
    default RequestFields requestFields() {
        return RequestFields.NONE;
    }

    /** The identity of a client that need not authenticate; null for all clients that connect over a network. */
    default @Nullable TrustedIdentity identity() {
        return null;
    }

    /** The kind of transport, for metrics. It changes only for long-poll, when the client switches between polls and an event stream. */
    default Transport transport() {
        return Transport.MEMORY;
    }

    /** The largest message that the client accepts; {@link Integer#MAX_VALUE} if it sets no limit. Does not change. */
    int receiveLimitBytes();

    /** Whether the transport itself ends the connection of a client that takes no bytes ({@code stalled_writer}). */
    default boolean noticesStall() {
        return false;
    }

    /** The form into which the transport converts messages before it writes them, or null if it writes them unchanged. It never changes. */
    default @Nullable WireForm form() {
        return null;
    }

    /** The client's address and port, {@code unix:} and the user on a Unix domain socket, or {@code memory}: for logs. */
    String peer();

    /** The listener that the client uses, for logs; empty if the transport has no listener. */
    default String listener() {
        return "";
    }

    /**
     * The key by which failed logins are counted: the client's address without parts that the client chooses, such as
     * its port.
     */
    default String address() {
        return peer();
    }

    /** Returns whether the connection is encrypted or does not leave this machine. */
    default boolean isPrivate() {
        return false;
    }

    /** Whether the client is on this machine, because it uses a listener on a loopback address without a proxy. */
    default boolean isOnLoopback() {
        return false;
    }

    /**
     * The channel binding of the client's TLS connection (RFC 5929, RFC 9266), by its type; null without TLS, if TLS
     * ends before the router, or if the type is not available. Any thread may call it once the transport is open.
     */
    default byte @Nullable [] channelBinding(String type) {
        return null;
    }

    /**
     * Runs tasks on the thread that reads this connection: the same object for all connections of that thread. {@link
     * #CALLER_THREAD} if no particular thread reads it.
     */
    default Executor home() {
        return CALLER_THREAD;
    }

    /** Whether the transport is still connected, so that {@link #write} may reach the client. */
    default boolean isOpen() {
        return true;
    }

    /**
     * Pings the client. {@code answered} runs once when the client has answered, or at once if the transport knows that
     * the client is alive or cannot ping. Any thread may call it, but not in a turn.
     */
    default void probe(Runnable answered) {
        answered.run();
    }

    /** Demands one more message: {@link MessageReceiver#onMessage} is called once per call of this method. */
    void demand();

    /**
     * Sets the size of the largest message that is accepted from now on: {@link ListenerLimits#HANDSHAKE_BYTES} before
     * a session, {@link ListenerLimits#messageBytes()} during a session.
     */
    void maxMessageBytes(int bytes);

    /**
     * Sends encoded messages, each as one WAMP message, in this order and after those of earlier calls. The arrays are shared with other
     * connections and must not be changed. {@code done} runs once, when the transport has taken all bytes or is gone: possibly before this
     * method returns, by any thread. The caller makes the next call after {@code done} has run.
     */
    void write(List<byte[]> messages, Runnable done);

    /** Closes the transport after all messages passed to {@link #write} are sent. */
    void close(CloseStatus ending);

    /** Drops the transport at once. */
    void drop();
}
