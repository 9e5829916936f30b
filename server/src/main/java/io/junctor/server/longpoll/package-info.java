/**
 * The HTTP long-poll transport of a listener, and streams of events for browsers.
 *
 * <p>Depends on {@code server.connector}, {@code server.http} and Jetty. Runs on Jetty's threads {@code io-n}, which never
 * block.
 */
@NullMarked
package io.junctor.server.longpoll;

import org.jspecify.annotations.NullMarked;
