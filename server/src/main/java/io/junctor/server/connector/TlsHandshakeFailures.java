package io.junctor.server.connector;

import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;

/** Counts and logs the TLS handshakes of a listener that fail. Thread-safe. */
final class TlsHandshakeFailures implements SslHandshakeListener {
    private final WampConnector connector;

    TlsHandshakeFailures(WampConnector connector) {
        this.connector = connector;
    }

    @Override
    public void handshakeFailed(Event event, Throwable failure) {
        connector.refused(
                Transport.UNKNOWN,
                TransportCounter.INVALID_INPUT,
                event.getEndPoint(),
                "its TLS handshake failed: " + RefusalLog.quoted(failure.getMessage()));
    }
}
