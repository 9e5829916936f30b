package io.junctor.router.spi;

import org.jspecify.annotations.Nullable;

/**
 * The details of a client's connection that the router itself knows, independently of {@code HELLO}.
 *
 * @param peer the address and port of the client
 * @param certificate the verified certificate of the client, or null if it has none
 * @param request the fields of the HTTP request that the configuration names for the authenticator; not verified
 * @param credentials the account of the client on a Unix domain socket, or null
 */
public record TransportDetails(
        String peer,
        @Nullable PeerCertificate certificate,
        RequestFields request,
        @Nullable PeerCredentials credentials) {
    /** Creates the details of a TCP connection without fields of an HTTP request. */
    public TransportDetails(String peer, @Nullable PeerCertificate certificate) {
        this(peer, certificate, RequestFields.NONE, null);
    }
}
