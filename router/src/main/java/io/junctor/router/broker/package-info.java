/**
 * Publish and subscribe: {@link io.junctor.router.broker.Broker}, one per realm.
 *
 * <p>Depends on {@code session} and {@code turn}. Everything here belongs to the turn of its realm.
 */
@NullMarked
package io.junctor.router.broker;

import org.jspecify.annotations.NullMarked;
