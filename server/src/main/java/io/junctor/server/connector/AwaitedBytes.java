package io.junctor.server.connector;

import io.junctor.router.metrics.Transport;
import java.util.Optional;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a client must send before its connection begins, for logs.
 *
 * @param transport the transport, if it is known yet
 * @param awaited a description of the bytes that the client must send
 */
public record Opening(Transport transport, String awaited) {
    private static final Opening IN_TLS =
            new Opening(Transport.UNKNOWN, "complete TLS handshake, or nothing after the handshake,");
    private static final Opening REQUEST = new Opening(Transport.HTTP, "complete header of an HTTP request");
    private static final Opening PROXY_HEADER = new Opening(Transport.UNKNOWN, "header of the PROXY protocol");

    /** Returns what a socket waits for; empty if the client was answered already. */
    static Optional<Opening> of(@Nullable Connection connection) {
        return switch (connection) {
            case OpeningConnection opening -> opening.opening();
            case SslConnection tls ->
                tls.getSslEndPoint().getConnection() instanceof DetectingConnection
                        ? Optional.of(IN_TLS)
                        : of(tls.getSslEndPoint().getConnection());
            case Connection http when http.getMessagesIn() == 0 -> Optional.of(REQUEST);
            // Jetty counts messages only for HTTP connections.
            case Connection proxy when proxy.getMessagesIn() < 0 -> Optional.of(PROXY_HEADER);
            case null, default -> Optional.empty();
        };
    }
}
