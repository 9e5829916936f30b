/**
 * How a client and a router in the same Java process connect: the router implements these interfaces, and the client library calls
 * them, so neither depends on the other.
 *
 * <p>Depends on {@code wamp.value}. Each interface says which threads may call it.
 */
@NullMarked
package io.junctor.wamp.inprocess;

import org.jspecify.annotations.NullMarked;
