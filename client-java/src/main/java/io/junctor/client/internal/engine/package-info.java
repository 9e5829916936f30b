/**
 * Not for users: one session over one transport. Sends requests, matches answers, runs handlers. May change in any
 * version.
 *
 * <p>Depends on {@code io.junctor.client.internal} and the WAMP core. One lock guards the state of a session. The lock
 * is never held during a write, in user code or while a future completes. Handlers run on virtual threads.
 */
@NullMarked
package io.junctor.client.internal.engine;

import org.jspecify.annotations.NullMarked;
