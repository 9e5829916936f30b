/**
 * The octets of the RawSocket transport (section "RawSocket Transport"): the handshake and the prefix of a frame, for
 * both sides.
 *
 * <p>Depends on {@code value}. Uses no threads and no sockets.
 */
@NullMarked
package io.junctor.wamp.rawsocket;

import org.jspecify.annotations.NullMarked;
