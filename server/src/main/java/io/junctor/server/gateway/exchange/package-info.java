/**
 * An HTTP request that gets a response in JSON: its body, its thread, and the response or problem (RFC 9457).
 *
 * <p>Depends on {@code server.connector}, {@code server.gateway.session} and Jetty. Requests are answered by virtual threads.
 */
@NullMarked
package io.junctor.server.gateway.exchange;

import org.jspecify.annotations.NullMarked;
