/**
 * Not for users: WebSocket connections by Jetty's client, directly or through an HTTP proxy. May change in any version.
 *
 * <p>Depends on {@code client.internal}, {@code client.internal.http}, the WAMP core and Jetty's client.
 */
@NullMarked
package io.junctor.client.internal.websocket;

import org.jspecify.annotations.NullMarked;
