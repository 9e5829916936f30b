/**
 * Publish and subscribe: one {@link io.junctor.router.broker.Broker} for each realm.
 *
 * <p>Depends on {@code session}, {@code meta}, {@code match} and {@code turn}. All types are confined to the realm's turn.
 */
@NullMarked
package io.junctor.router.broker;

import org.jspecify.annotations.NullMarked;
