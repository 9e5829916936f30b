/**
 * The HTTP gateway of a listener: requests that publish events and call procedures, in JSON.
 *
 * <p>Depends on {@code server.connector}, {@code server.http}, {@code server.gateway.session} and Jetty. Each request is answered by
 * a virtual thread of the gateway, which waits for the body, the router and the callee.
 */
@NullMarked
package io.junctor.server.gateway;

import org.jspecify.annotations.NullMarked;
