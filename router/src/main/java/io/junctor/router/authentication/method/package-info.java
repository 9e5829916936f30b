/**
 * The authentication methods: one class for each way to prove who a client is.
 *
 * <p>Depends on {@code router.spi}, {@code router.config} and {@code router.metrics}. Runs on workers, because a computation may take long.
 */
@NullMarked
package io.junctor.router.authentication.method;

import org.jspecify.annotations.NullMarked;
