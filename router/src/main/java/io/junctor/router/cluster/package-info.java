/**
 * The extension point that lets several routers act as one: the messages that a realm of a router and the realms of the same name on other
 * routers exchange.
 *
 * <p>Depends on {@code router.spi}, {@code router.config}, {@code router.metrics} and {@code router.turn} only. Each type says on which threads it is used.
 */
@NullMarked
package io.junctor.router.cluster;

import org.jspecify.annotations.NullMarked;
