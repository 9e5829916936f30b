/**
 * Embeds the router in a web application: {@link io.junctor.jakarta.WampEndpoint} is an endpoint for any container with
 * Jakarta WebSocket.
 *
 * <p>Depends on {@code router}, {@code websocket} and the Jakarta WebSocket API. Runs on the threads of the container.
 */
@NullMarked
package io.junctor.jakarta;

import org.jspecify.annotations.NullMarked;
