/**
 * The Jetty connector of one listener: accepts sockets within its limits, finds out where the client is, and runs the sockets that
 * one selector finds readable in one pass.
 *
 * <p>Depends on {@code router.connection}, {@code router.turn}, {@code router.config}, {@code router.metrics} and Jetty. Runs on
 * Jetty's threads {@code io-n}, which never block.
 */
@NullMarked
package io.junctor.server.connector;

import org.jspecify.annotations.NullMarked;
