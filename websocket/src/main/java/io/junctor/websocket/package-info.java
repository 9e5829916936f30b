/**
 * The WebSocket protocol (RFC 6455): reading and writing frames, close codes, compression, and the computations of the opening handshake.
 *
 * <p>Depends on no other module. Opens no sockets and starts no threads; each object is confined to one thread at a time.
 */
@NullMarked
package io.junctor.websocket;

import org.jspecify.annotations.NullMarked;
