/**
 * The Jetty connector of one listener: accepts sockets within its limits, finds out the addresses of clients, logs
 * refusals, and reads the sockets that one selector finds ready in one pass.
 *
 * <p>Depends on {@code router.connection}, {@code router.turn}, {@code router.config}, {@code router.metrics},
 * {@code server.unix} and Jetty. Runs on Jetty's threads {@code io-n}, which never block.
 */
@NullMarked
package io.junctor.server.connector;

import org.jspecify.annotations.NullMarked;
