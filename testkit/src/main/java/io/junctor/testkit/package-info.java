/**
 * An in-memory network, scripted peers and a clock that tests advance.
 *
 * <p>Depends on the WAMP core and the router's public API. One test, one thread, unless a type says otherwise.
 */
@NullMarked
package io.junctor.testkit;

import org.jspecify.annotations.NullMarked;
