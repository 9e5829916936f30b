/**
 * The turn of a realm: {@link io.junctor.router.turn.Turnstile} serializes the operations of a realm, {@link io.junctor.router.turn.Pass}
 * collects the outboxes to flush after them, {@link io.junctor.router.turn.Timers} is the clock.
 *
 * <p>Depends on the JDK only and knows nothing of WAMP. Each type specifies which threads may use it.
 */
@NullMarked
package io.junctor.router.turn;

import org.jspecify.annotations.NullMarked;
