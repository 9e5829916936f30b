/**
 * The interface between transports and the router: a transport implements {@link io.junctor.router.connection.transport.Connection}, and the
 * router receives its messages by {@link io.junctor.router.connection.transport.MessageReceiver}.
 *
 * <p>Does not depend on sessions and handshakes. Each interface specifies which threads may call it.
 */
@NullMarked
package io.junctor.router.connection.transport;

import org.jspecify.annotations.NullMarked;
