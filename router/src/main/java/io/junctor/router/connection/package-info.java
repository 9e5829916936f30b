/**
 * The connection of a client and its flow control: {@link io.junctor.router.connection.ClientConnection} handles the handshakes and
 * sessions of a client, {@link io.junctor.router.connection.Outbox} queues the messages for the client.
 *
 * <p>Uses the handshake and the session through {@link io.junctor.router.connection.HandshakeHandler} and
 * {@link io.junctor.router.connection.SessionHandler} only. Each interface specifies which threads may call it.
 */
@NullMarked
package io.junctor.router.connection;

import org.jspecify.annotations.NullMarked;
