/**
 * Remote procedure calls: one {@link io.junctor.router.dealer.Dealer} for each realm.
 *
 * <p>Depends on {@code session}, {@code meta}, {@code match} and {@code turn}. All types are confined to the realm's turn.
 */
@NullMarked
package io.junctor.router.dealer;

import org.jspecify.annotations.NullMarked;
