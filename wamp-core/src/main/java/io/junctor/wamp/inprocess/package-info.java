/**
 * The interfaces by which a client connects to a router in the same Java process. The router implements them and the client library calls
 * them, so neither depends on the other.
 *
 * <p>Depends on {@code wamp.value}. Each interface specifies which threads may call it.
 */
@NullMarked
package io.junctor.wamp.inprocess;

import org.jspecify.annotations.NullMarked;
