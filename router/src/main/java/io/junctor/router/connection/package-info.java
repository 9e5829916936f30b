/**
 * The border between a transport and the router: {@link io.junctor.router.connection.Connection} is what a transport offers,
 * {@link io.junctor.router.connection.MessageReceiver} what it feeds, {@link io.junctor.router.connection.ConnectionAcceptor} makes one for the other.
 *
 * <p>Depends on {@code wamp-core} values only. Every contract says which threads may call.
 */
@NullMarked
package io.junctor.router.connection;

import org.jspecify.annotations.NullMarked;
