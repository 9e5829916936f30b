/**
 * An in-memory network, scripted peers, a clock that tests advance, and a WebSocket client that can break every rule.
 *
 * <p>Depends on the WAMP core and the router's public API. One test, one thread, unless a type says otherwise.
 */
@NullMarked
package io.junctor.testkit;

import org.jspecify.annotations.NullMarked;
