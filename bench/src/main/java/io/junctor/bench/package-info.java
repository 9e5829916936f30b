/**
 * Benchmarks and concurrency stress tests; the Javadoc of each one states the claim that it checks. Internal.
 *
 * <p>Depends on the router and {@code wamp-core}. The benchmark harness creates the threads.
 */
@NullMarked
package io.junctor.bench;

import org.jspecify.annotations.NullMarked;
