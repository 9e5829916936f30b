/**
 * The engine in memory: connects several routers of one JVM. For embedding programs and tests.
 *
 * <p>Depends on {@code engine} and the router's timers. Messages travel on an executor that the caller gives. Thread-safe.
 */
@NullMarked
package io.junctor.cluster.memory;

import org.jspecify.annotations.NullMarked;
