package io.junctor.router.spi;

import org.jspecify.annotations.Nullable;

/**
 * Immutable. What the router itself knows of a client's connection; nothing of it is said by the client in {@code HELLO}.
 *
 * @param peer where the client is: address and port
 * @param certificate the client's certificate, verified, or null where it showed none
 */
public record TransportDetails(String peer, @Nullable PeerCertificate certificate) {}
