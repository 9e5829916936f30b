/**
 * The engine in memory: connects several routers of one JVM. For embedding programs and tests.
 *
 * <p>Depends on {@code engine} and the router's timers. Messages are delivered on an executor of the caller. All public types are thread-safe.
 */
@NullMarked
package io.junctor.cluster.memory;

import org.jspecify.annotations.NullMarked;
