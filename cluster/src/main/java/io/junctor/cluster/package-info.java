/**
 * The entrance for programs that embed a router: {@link io.junctor.cluster.NatsCluster}.
 *
 * <p>Thread-safe.
 */
@NullMarked
package io.junctor.cluster;

import org.jspecify.annotations.NullMarked;
