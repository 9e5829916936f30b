/**
 * HTTP/2 (RFC 9113) on the sockets of a listener, and WebSockets in its streams (RFC 8441).
 *
 * <p>Depends on {@code connector} and Jetty's HTTP/2. A selector thread reads a connection in one pass with the other
 * sockets that are ready; any thread writes.
 */
@NullMarked
package io.junctor.server.http2;

import org.jspecify.annotations.NullMarked;
