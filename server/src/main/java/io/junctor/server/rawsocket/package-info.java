/**
 * RawSocket connections of a listener (section "RawSocket Transport"): the handshake, frames, pings.
 *
 * <p>Depends on {@code server.connector}, {@code server.framing} and Jetty. Runs on Jetty's threads {@code io-n}, which
 * never block.
 */
@NullMarked
package io.junctor.server.rawsocket;

import org.jspecify.annotations.NullMarked;
