/**
 * Benchmarks and concurrency stress cases, each naming the claim it protects.
 *
 * <p>Depends on all modules. Threads belong to the harness.
 */
@NullMarked
package io.junctor.bench;

import org.jspecify.annotations.NullMarked;
