/**
 * The meta API: {@link io.junctor.router.meta.MetaApi} answers calls to {@code wamp.*} by the
 * {@link io.junctor.router.meta.MetaProcedure procedures} that broker, dealer and realm add. The package also contains the common code of
 * subscriptions and registrations.
 *
 * <p>Depends on {@code session} and {@code turn}. All types are confined to the realm's turn, unless their Javadoc says otherwise.
 */
@NullMarked
package io.junctor.router.meta;

import org.jspecify.annotations.NullMarked;
