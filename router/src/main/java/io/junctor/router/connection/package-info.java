/**
 * The connection of a client and its flow control: {@link io.junctor.router.connection.ClientConnection} leads a client through its
 * handshakes and sessions, {@link io.junctor.router.connection.Outbox} keeps what waits for it.
 *
 * <p>Knows the handshake and the session by {@link io.junctor.router.connection.HandshakeHandler} and {@link
 * io.junctor.router.connection.SessionHandler} only. Every contract says which threads may call.
 */
@NullMarked
package io.junctor.router.connection;

import org.jspecify.annotations.NullMarked;
