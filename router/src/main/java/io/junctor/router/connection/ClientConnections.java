package io.junctor.router.connection;

import io.junctor.router.audit.LogRateLimits;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.connection.transport.ConnectionAcceptor;
import io.junctor.router.connection.transport.MessageReceiver;
import io.junctor.router.memory.OutboxBudget;
import io.junctor.router.metrics.Counters;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.RequestFields;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The connections of a router and the objects that they share. Accepts connections, drops stalled connections, and closes all connections
 * at shutdown. Thread-safe.
 */
public final class ClientConnections implements ConnectionAcceptor {
    /** The reason of {@code GOODBYE} and {@code ABORT} at shutdown. */
    public static final JoinRefused SHUTS_DOWN = JoinRefused.of(WampError.SYSTEM_SHUTDOWN, "the router shuts down");

    /** The message that clients get at shutdown, if it is configured. */
    static final Goodbye SHUTDOWN_GOODBYE = new Goodbye(SHUTS_DOWN.closeDetails(), SHUTS_DOWN.reason());

    /** The answer to the {@code GOODBYE} of a client. */
    static final Goodbye GOODBYE_AND_OUT = new Goodbye(CloseDetails.NONE, WampError.GOODBYE_AND_OUT.uri());

    /**
     * The objects that all connections share. All are thread-safe.
     *
     * @param counters the router's counters
     * @param timers the clock
     * @param workers runs tasks that may block
     * @param budget bounds the size of all outboxes together
     * @param logLimits limits the log lines of one address
     */
    public record Context(
            Counters counters, Timers timers, Executor workers, OutboxBudget budget, LogRateLimits logLimits) {}

    private final Context context;
    private final Function<ClientConnection, HandshakeHandler> handshakes;
    private final Map<ListenerLimits, Codecs> codecsByLimits = new ConcurrentHashMap<>();
    private final Map<ListenerLimits, Codecs> handshakeCodecsByLimits = new ConcurrentHashMap<>();
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    /** The connections whose transport has an unfinished write. Only these connections can stall or hold many bytes. */
    private final Set<ClientConnection> slow = ConcurrentHashMap.newKeySet();

    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private volatile boolean closing;
    private volatile boolean announcesShutdown;
    private volatile RequestFields.Names requestFields = RequestFields.Names.NONE;

    /** Creates an empty set of connections; {@code handshakes} makes the handler of each handshake. */
    public ClientConnections(Context context, Function<ClientConnection, HandshakeHandler> handshakes) {
        this.context = context;
        this.handshakes = handshakes;
    }

    @Override
    public RequestFields.Names requestFields() {
        return requestFields;
    }

    @Override
    public MessageReceiver accept(Connection transport) {
        ClientConnection connection = new ClientConnection(this, transport);
        connections.add(connection);
        connection.start();
        if (closing) {
            connection.shutDown();
        }
        return connection;
    }

    /**
     * Uses another configuration.
     *
     * @param fields the fields of HTTP requests that authenticators receive, for connections that begin from now on
     * @param goodbye whether clients get {@code GOODBYE} or {@code ABORT} at shutdown
     */
    public void use(RequestFields.Names fields, boolean goodbye) {
        requestFields = fields;
        announcesShutdown = goodbye;
    }

    boolean announcesShutdown() {
        return announcesShutdown;
    }

    /** The number of connections, with or without a session. */
    public int size() {
        return connections.size();
    }

    /** Whether the router is shutting down, so that no session begins any more. */
    public boolean isClosing() {
        return closing;
    }

    /** From now on no session begins. */
    public void beginShutdown() {
        closing = true;
    }

    /** Closes the connections without a session. */
    public void shutDown() {
        List.copyOf(connections).forEach(ClientConnection::shutDown);
        completeIfEmpty();
    }

    /** Returns a future that completes after {@link #beginShutdown} when no connection is left. */
    public CompletableFuture<Void> empty() {
        return empty;
    }

    /** Drops every connection that is left. */
    public void dropAll() {
        List.copyOf(connections).forEach(connection -> connection.transport().drop());
    }

    /** Drops clients that take no bytes. Called periodically. */
    public void sweep(long nowNanos) {
        for (ClientConnection connection : slow) {
            connection.flowControl().stalledWrites().look(nowNanos);
            release(connection);
        }
        context.logLimits().sweep();
        context.budget().outboxes(connections.size());
    }

    /**
     * Removes a connection from the slow connections. Checks it again after the removal, because it may have become slow in between, when
     * it was still in the set.
     */
    private void release(ClientConnection connection) {
        Outbox outbox = connection.flowControl().outbox();
        if (outbox.writeOnItsWay() == 0 && slow.remove(connection) && outbox.writeOnItsWay() != 0) {
            slow.add(connection);
        }
    }

    /** Creates the handler of a handshake of {@code client}. */
    HandshakeHandler handshake(ClientConnection client) {
        return handshakes.apply(client);
    }

    Context context() {
        return context;
    }

    /** Makes the sweep check {@code connection} until its transport has taken all messages. */
    void addSlow(ClientConnection connection) {
        slow.add(connection);
    }

    void remove(ClientConnection connection) {
        slow.remove(connection);
        if (connections.remove(connection)) {
            completeIfEmpty();
        }
    }

    private void completeIfEmpty() {
        if (closing && connections.isEmpty()) {
            empty.complete(null);
        }
    }

    /** Decodes the messages of a transport during a session. */
    Codec decoder(Connection transport) {
        return codecs(transport.limits()).of(transport.serializer());
    }

    /** Decodes the messages of a transport before {@code WELCOME}, with lower limits, because the client is not authenticated yet. */
    Codec handshakeDecoder(Connection transport) {
        return handshakeCodecsByLimits
                .computeIfAbsent(transport.limits(), key -> codecs(key, ListenerLimits.HANDSHAKE_ELEMENTS))
                .of(transport.serializer());
    }

    /** The codecs for a session at a listener with these limits. */
    Codecs codecs(ListenerLimits limits) {
        return codecsByLimits.computeIfAbsent(limits, key -> codecs(key, CodecLimits.DEFAULT.elements()));
    }

    private static Codecs codecs(ListenerLimits limits, int elements) {
        return new Codecs(new CodecLimits(limits.messageBytes(), limits.depth(), elements));
    }
}
