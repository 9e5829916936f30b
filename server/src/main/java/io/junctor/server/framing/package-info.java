/**
 * The common parts of all transports that send messages over their own socket: reading, writing and the life cycle of
 * the connection. Each transport adds its {@link io.junctor.server.framing.Framing}.
 *
 * <p>Depends on {@code server.connector}, {@code server.tls} and Jetty. Runs on Jetty's threads {@code io-n}, which never
 * block.
 */
@NullMarked
package io.junctor.server.framing;

import org.jspecify.annotations.NullMarked;
