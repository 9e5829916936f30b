/**
 * WebSocket frames (RFC 6455): reads frames from bytes, writes frames into bytes, close codes, and what the opening
 * handshake computes.
 *
 * <p>Depends on no other module. Opens no sockets and starts no threads; each object is confined to one thread at a time.
 */
@NullMarked
package io.junctor.websocket;

import org.jspecify.annotations.NullMarked;
