/**
 * The procedures that the router itself carries out, {@code wamp.*}: {@link io.junctor.router.meta.MetaApi} answers calls by what others
 * bring as a {@link io.junctor.router.meta.MetaProcedure}.
 *
 * <p>Depends on {@code session} and {@code turn}. Everything here belongs to the turn of a realm, unless it says otherwise.
 */
@NullMarked
package io.junctor.router.meta;

import org.jspecify.annotations.NullMarked;
