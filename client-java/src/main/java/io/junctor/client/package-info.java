/**
 * The client as a program uses it: join a realm, publish, subscribe, call and register.
 *
 * <p>Depends on the engine package and the WAMP core. Safe for use by many threads.
 */
@NullMarked
package io.junctor.client;

import org.jspecify.annotations.NullMarked;
