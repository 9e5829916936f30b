/**
 * What a transport and the router know of each other: {@link io.junctor.router.connection.transport.Connection} is what a transport
 * offers, {@link io.junctor.router.connection.transport.MessageReceiver} receives from it.
 *
 * <p>Knows neither sessions nor handshakes. Every contract says which threads may call.
 */
@NullMarked
package io.junctor.router.connection.transport;

import org.jspecify.annotations.NullMarked;
