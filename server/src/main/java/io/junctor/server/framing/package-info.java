/**
 * What all transports that send messages over a socket of their own have in common: reading, writing and the life of
 * the connection. A transport adds its {@link io.junctor.server.framing.Framing}.
 *
 * <p>Depends on {@code server.connector}, {@code server.tls} and Jetty. Runs on Jetty's threads {@code io-n}, which never
 * block.
 */
@NullMarked
package io.junctor.server.framing;

import org.jspecify.annotations.NullMarked;
