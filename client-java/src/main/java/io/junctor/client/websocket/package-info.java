/**
 * The connection to a router: WebSockets of Jetty's core client, behind the engine's interface.
 *
 * <p>Depends on the engine and Jetty. Jetty's threads, named {@code junctor-client}, read, and write where a socket was full;
 * they end with the last connection.
 */
@NullMarked
package io.junctor.client.websocket;

import org.jspecify.annotations.NullMarked;
