/**
 * Connections of the client that consist of HTTP requests (section "HTTP Longpoll Transport").
 *
 * <p>Depends on {@code client.internal}, {@code client.internal.http} and Jetty's client. Threads of Jetty's client deliver received
 * messages.
 */
@NullMarked
package io.junctor.client.internal.longpoll;

import org.jspecify.annotations.NullMarked;
