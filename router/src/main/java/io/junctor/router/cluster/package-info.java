/**
 * The extension point that lets several routers act as one: what the realm of a router and its counterparts on other
 * routers tell each other.
 *
 * <p>Depends on {@code router.spi}, {@code router.config}, {@code router.metrics} and {@code router.turn} only. Each type says on which threads it is used.
 */
@NullMarked
package io.junctor.router.cluster;

import org.jspecify.annotations.NullMarked;
