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
 * @param text a description of the bytes that the client must send
 */
public record AwaitedBytes(Transport transport, String text) {
    private static final AwaitedBytes IN_TLS =
            new AwaitedBytes(Transport.UNKNOWN, "complete TLS handshake, or nothing after the handshake,");
    private static final AwaitedBytes REQUEST = new AwaitedBytes(Transport.HTTP, "complete header of an HTTP request");
    private static final AwaitedBytes PROXY_HEADER =
            new AwaitedBytes(Transport.UNKNOWN, "header of the PROXY protocol");

    /** Returns what a socket waits for; empty if the client was answered already. */
    static Optional<AwaitedBytes> of(@Nullable Connection connection) {
        return switch (connection) {
            case OpeningConnection opening -> opening.awaitedBytes();
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
