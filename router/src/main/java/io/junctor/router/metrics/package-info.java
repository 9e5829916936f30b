/**
 * What the router counts: one {@link io.junctor.router.metrics.Counter} for each thing worth knowing.
 *
 * <p>Depends on the JDK only. Thread-safe; counting takes no lock.
 */
@NullMarked
package io.junctor.router.metrics;

import org.jspecify.annotations.NullMarked;
