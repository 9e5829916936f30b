/**
 * Not for users: WebSocket connections by Jetty's client, directly or through an HTTP proxy. May change in any version.
 *
 * <p>Depends on {@code io.junctor.client.internal} and the WAMP core. No other package of the client uses Jetty.
 */
@NullMarked
package io.junctor.client.internal.websocket;

import org.jspecify.annotations.NullMarked;
