/**
 * The border between a transport and the router: {@link io.junctor.router.transport.Connection} is what a transport offers,
 * {@link io.junctor.router.transport.Receiver} what it feeds, {@link io.junctor.router.transport.Acceptor} makes one for the other.
 *
 * <p>Depends on {@code wamp-core} values only. Every contract says which threads may call.
 */
@NullMarked
package io.junctor.router.transport;

import org.jspecify.annotations.NullMarked;
