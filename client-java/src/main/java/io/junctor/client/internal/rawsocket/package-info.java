/**
 * RawSocket connections of the client, over TCP, TLS and Unix domain sockets.
 *
 * <p>Depends on {@code client.internal} and the JDK's sockets. Each connection has one virtual thread that reads and another one that
 * writes.
 */
@NullMarked
package io.junctor.client.internal.rawsocket;

import org.jspecify.annotations.NullMarked;
