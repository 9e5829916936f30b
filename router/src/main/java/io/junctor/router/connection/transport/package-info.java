/**
 * The interface between transports and the router: a transport implements {@link io.junctor.router.connection.transport.Connection}, and the
 * router receives its messages by {@link io.junctor.router.connection.transport.MessageReceiver}.
 *
 * <p>Knows neither sessions nor handshakes. Every contract says which threads may call.
 */
@NullMarked
package io.junctor.router.connection.transport;

import org.jspecify.annotations.NullMarked;
