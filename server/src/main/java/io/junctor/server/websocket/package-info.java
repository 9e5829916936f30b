/**
 * WebSocket connections of a listener (RFC 6455): the opening handshake, reading, writing, pings and closing.
 *
 * <p>Depends on {@code server.connector}, {@code server.http}, {@code server.tls}, the module {@code websocket} and
 * Jetty. Runs on Jetty's threads {@code io-n}, which never block.
 */
@NullMarked
package io.junctor.server.websocket;

import org.jspecify.annotations.NullMarked;
