package io.junctor.router.spi;

import org.jspecify.annotations.Nullable;

/**
 * What the router itself knows about a client's connection, independently of {@code HELLO}.
 *
 * @param peer the address and port of the client
 * @param certificate the verified certificate of the client, or null if it has none
 */
public record TransportDetails(String peer, @Nullable PeerCertificate certificate) {}
