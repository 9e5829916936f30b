/**
 * The meta API: {@link io.junctor.router.meta.MetaApi} answers calls to {@code wamp.*} by the {@link io.junctor.router.meta.MetaProcedure
 * procedures} that broker, dealer and realm add. What subscriptions and registrations have in common is here too.
 *
 * <p>Depends on {@code session} and {@code turn}. All types are confined to the realm's turn, unless they say otherwise.
 */
@NullMarked
package io.junctor.router.meta;

import org.jspecify.annotations.NullMarked;
