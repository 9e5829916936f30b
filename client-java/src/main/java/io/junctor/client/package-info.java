/**
 * The client as a program uses it: join a realm, publish, subscribe, call and register. Start at {@link
 * io.junctor.client.Client}.
 *
 * <p>Depends on the engine package and the WAMP core. Safe for use by many threads, except where a type says otherwise;
 * handlers run on virtual threads.
 */
@NullMarked
package io.junctor.client;

import org.jspecify.annotations.NullMarked;
