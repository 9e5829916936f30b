package io.junctor.server.connector;

import io.junctor.router.audit.LogRateLimit;
import io.junctor.router.config.listener.ListenAddress;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.connection.transport.TransportContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the requests and sockets that a listener refuses, one line per address and minute, and the connections that it ends, with the
 * reason. Thread-safe.
 */
public final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    /** Matches path segments that may be the identifier of a long-poll transport. */
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9_%-]{20,}");

    private static final int LINES_PER_MINUTE = 1;
    private static final int ENDED_LINES_PER_MINUTE = 120;
    private static final int MAX_QUOTED_CHARACTERS = 100;

    private final ListenAddress address;
    private final IntSupplier port;
    private final LogRateLimit rate;
    private final LogRateLimit endedRate;

    RefusalLog(ListenerConfig config, IntSupplier port, TransportContext context) {
        this.address = config.address();
        this.port = port;
        this.rate = new LogRateLimit(
                LINES_PER_MINUTE,
                context.timers()::nanos,
                context.counters(),
                (address, count) ->
                        LOG.info("{} refused {} more requests from {} in the last minute", listener(), count, address));
        this.endedRate = new LogRateLimit(
                ENDED_LINES_PER_MINUTE,
                context.timers()::nanos,
                context.counters(),
                (address, count) ->
                        LOG.info("{} ended {} more connections of {} in the last minute", listener(), count, address));
    }

    /** Logs that the router ends a connection because of the behaviour of its client. */
    public void ended(Connection connection, String reason) {
        if (endedRate.admits(connection.address())) {
            LOG.info(
                    "{} ends the {} connection of {}: {}",
                    listener(),
                    connection.transport().label(),
                    connection.peer(),
                    reason);
        }
    }

    /**
     * Logs a refused request.
     *
     * @param reason what is wrong with the request and which rule refuses it; values that the client sent must be
     *     {@link #quoted}
     */
    public void refused(Request request, int status, String reason) {
        PeerAddress client =
                PeerAddress.of(request.getConnectionMetaData().getConnection().getEndPoint());
        if (rate.admits(address(client))) {
            LOG.info(
                    "{} refused {} {} from {} with status {}: {}",
                    listener(),
                    quoted(request.getMethod()),
                    quoted(withoutIdentifiers(request.getHttpURI().getPathQuery())),
                    client,
                    status,
                    reason);
        }
    }

    /** Removes the identifier of a long-poll transport from a path: it is a secret, because it gives access to the session. */
    private static @Nullable String withoutIdentifiers(@Nullable String path) {
        return path == null ? null : IDENTIFIER.matcher(path).replaceAll("...");
    }

    /** Logs a refused connection. */
    public void refused(EndPoint endPoint, String reason) {
        refused(PeerAddress.of(endPoint), reason);
    }

    /** Logs a refused socket, which has no end point yet. */
    void refused(@Nullable SocketAddress socket, String reason) {
        refused(socket instanceof InetSocketAddress internet ? new PeerAddress.Internet(internet) : null, reason);
    }

    private void refused(@Nullable PeerAddress client, String reason) {
        if (rate.admits(address(client))) {
            LOG.info("{} refused the connection from {}: {}", listener(), client, reason);
        }
    }

    /**
     * Prepares a value that the client sent for a log line: cuts it after 100 characters and replaces all
     * characters that are not printable ASCII.
     */
    public static String quoted(@Nullable String value) {
        if (value == null) {
            return "(none)";
        }
        String cut = value.length() > MAX_QUOTED_CHARACTERS ? value.substring(0, MAX_QUOTED_CHARACTERS) + "..." : value;
        return "'" + cut.replaceAll("[^ -~]", "?") + "'";
    }

    void sweep() {
        rate.sweep();
        endedRate.sweep();
    }

    /** Returns the name of the listener with its address. */
    public String listener() {
        return "listener " + address.withPort(port.getAsInt());
    }

    /** Returns the address as the key by which the number of lines is limited. */
    private static String address(@Nullable PeerAddress client) {
        return switch (client) {
            case PeerAddress.Internet internet -> internet.address().getHostAddress();
            case PeerAddress.Unix unix -> unix.toString();
            case null -> "unknown";
        };
    }
}
