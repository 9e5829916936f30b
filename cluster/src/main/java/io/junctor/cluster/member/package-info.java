/**
 * Makes a router a member of a cluster: connects the router, watches the other routers, links the realms, and leaves the cluster at the end.
 * Start reading at {@link io.junctor.cluster.member.ClusterMember}.
 *
 * <p>Uses engines only through their interface. All types are thread-safe.
 */
@NullMarked
package io.junctor.cluster.member;

import org.jspecify.annotations.NullMarked;
