/**
 * Connections of clients in the same Java process: client and router exchange encoded messages as byte arrays, without a socket.
 *
 * <p>Depends on {@code router.connection}, {@code router.turn}, {@code router.config}, {@code router.metrics}, {@code router.spi} and
 * {@code wamp.inprocess}. Workers pass messages on in both directions, so no thread of a client runs code of the router.
 */
@NullMarked
package io.junctor.router.inprocess;

import org.jspecify.annotations.NullMarked;
