/**
 * Webhooks of other services: an HTTP request to a configured path becomes an event or a call.
 *
 * <p>Depends on {@code server.connector}, {@code server.http}, {@code server.gateway.session}, {@code server.gateway.exchange} and Jetty. Each request is
 * answered by a virtual thread, which waits for the body and the router.
 */
@NullMarked
package io.junctor.server.gateway.hooks;

import org.jspecify.annotations.NullMarked;
