/**
 * The common parts of WebSocket and long-poll: the router's address, HTTP proxies and Jetty's HTTP client.
 *
 * <p>Depends on Jetty's client, whose threads are shared by all connections.
 */
@NullMarked
package io.junctor.client.internal.http;

import org.jspecify.annotations.NullMarked;
