/**
 * The edge: listens on a port, answers HTTP, speaks WebSocket and hands messages to an {@link
 * io.junctor.router.transport.Acceptor}. {@link io.junctor.router.server.WebSocketServer} is the way in.
 *
 * <p>Depends on {@code transport}, {@code turn}, {@code metrics}, {@code audit}, {@code tls}, {@code config} and Jetty, which no other package may use. Runs on Jetty's threads
 * {@code io-n}, which never block; what is shared with other threads says so.
 */
@NullMarked
package io.junctor.router.server;

import org.jspecify.annotations.NullMarked;
