/**
 * Answers plain HTTP requests of a listener: with metrics, texts and errors.
 *
 * <p>Depends on {@code server.connector} and Jetty. Runs on Jetty's threads {@code io-n}, which never block.
 */
@NullMarked
package io.junctor.server.http;

import org.jspecify.annotations.NullMarked;
