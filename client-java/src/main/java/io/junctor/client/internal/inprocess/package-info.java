/**
 * Connections of the client to a router in the same process.
 *
 * <p>Depends on {@code client.internal} and {@code wamp.inprocess}. Threads of the router deliver received messages.
 */
@NullMarked
package io.junctor.client.internal.inprocess;

import org.jspecify.annotations.NullMarked;
