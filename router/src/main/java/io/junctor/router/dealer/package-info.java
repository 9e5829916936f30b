/**
 * Remote procedure calls: {@link io.junctor.router.dealer.Dealer}, one per realm.
 *
 * <p>Depends on {@code session} and {@code turn}. Everything here belongs to the turn of its realm.
 */
@NullMarked
package io.junctor.router.dealer;

import org.jspecify.annotations.NullMarked;
