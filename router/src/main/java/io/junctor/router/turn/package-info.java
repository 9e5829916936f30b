/**
 * Whose turn it is: {@link io.junctor.router.turn.Turnstile} serializes the operations of a realm, {@link
 * io.junctor.router.turn.Pass} collects what is to be flushed after them, {@link io.junctor.router.turn.Timers} is time.
 *
 * <p>Depends on the JDK only and knows nothing of WAMP. Each type says which threads may use it.
 */
@NullMarked
package io.junctor.router.turn;

import org.jspecify.annotations.NullMarked;
