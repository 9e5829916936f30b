/**
 * Who a client is: the methods of authentication (section "Authentication") and the interface by which programs take part,
 * {@link io.junctor.router.spi.Authenticator}.
 *
 * <p>Depends on {@code wamp-core} and metrics. Everything here may take its time and is used on workers only, never in the turn.
 */
@NullMarked
package io.junctor.router.authentication;

import org.jspecify.annotations.NullMarked;
