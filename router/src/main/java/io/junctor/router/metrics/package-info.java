/**
 * The metrics of the router: counters, such as {@link io.junctor.router.metrics.Counter}, gauges, and metrics of each realm.
 *
 * <p>Depends on the JDK only. Thread-safe; counting takes no lock.
 */
@NullMarked
package io.junctor.router.metrics;

import org.jspecify.annotations.NullMarked;
