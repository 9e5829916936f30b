/**
 * Connections of clients in the same Java process: messages are handed over as the bytes that the client encoded, without a socket.
 *
 * <p>Depends on {@code router.connection}, {@code router.turn}, {@code router.config}, {@code router.metrics},
 * {@code router.spi} and {@code wamp.inprocess}. Workers hand messages over, in both directions; no thread of a client runs the router.
 */
@NullMarked
package io.junctor.router.inprocess;

import org.jspecify.annotations.NullMarked;
