/**
 * Starts and stops the listeners of a router: {@link io.junctor.server.RouterServer} is the entry for programs that
 * serve clients over the network.
 *
 * <p>Depends on {@code router} and on the packages of this module, one for each concern: the Jetty connector, HTTP
 * pages, WebSocket, TLS, the configuration file. Users may use this package and {@code server.yaml}; the others are
 * internal.
 */
@NullMarked
package io.junctor.server;

import org.jspecify.annotations.NullMarked;
