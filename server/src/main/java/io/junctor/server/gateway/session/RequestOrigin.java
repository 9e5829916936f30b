package io.junctor.server.gateway.session;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.inprocess.ClientOrigin;
import io.junctor.router.metrics.Transport;
import io.junctor.router.spi.PeerCredentials;
import io.junctor.router.spi.RequestFields;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.OpeningRequest;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.tls.TlsConnection;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The origin of an HTTP request, for the router's logs, limits and authenticators. Immutable.
 *
 * @param listener the listener, for logs
 * @param client the address of the client
 * @param opening the sessions that the listener admits, and the header fields for authenticators
 * @param certificate the client's certificate, or null
 */
public record RequestOrigin(
        String listener,
        ClientAddress client,
        OpeningRequest opening,
        @Nullable X509Certificate certificate) implements ClientOrigin {
    /** Returns the origin of a request; empty if a trusted proxy sent an invalid address. */
    public static Optional<RequestOrigin> of(WampConnector connector, Request request) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        JoinRestriction joins = connector.config().joins();
        return connector
                .forwardedHeaders()
                .clientAddress(endPoint, request.getHeaders())
                .map(client -> new RequestOrigin(
                        connector.refusals().listener(),
                        client,
                        OpeningRequest.of(connector, joins, request.getHeaders()),
                        TlsConnection.clientCertificate(endPoint)));
    }

    @Override
    public Transport transport() {
        return Transport.GATEWAY;
    }

    @Override
    public String peer() {
        return client.toString();
    }

    @Override
    public String address() {
        return client.network();
    }

    @Override
    public boolean isPrivate() {
        return client.isPrivate();
    }

    @Override
    public boolean isOnLoopback() {
        return client.isOnLoopback();
    }

    @Override
    public JoinRestriction joins() {
        return opening.joins();
    }

    @Override
    public RequestFields requestFields() {
        return opening.fields();
    }

    @Override
    public @Nullable PeerCredentials peerCredentials() {
        return client.credentials();
    }
}
