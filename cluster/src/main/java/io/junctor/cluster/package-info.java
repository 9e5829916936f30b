/**
 * The entry point for programs that embed a router in a cluster: {@link io.junctor.cluster.NatsCluster}.
 *
 * <p>All types are thread-safe.
 */
@NullMarked
package io.junctor.cluster;

import org.jspecify.annotations.NullMarked;
