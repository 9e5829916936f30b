/**
 * Determines which routers belong to the cluster, which are suspected, and which are declared dead. Thread-safe.
 *
 * <p>Depends on {@code engine} and the router's timers. Only a compare-and-set of a router's record declares the router dead, so all routers
 * receive the same verdict, once.
 */
@NullMarked
package io.junctor.cluster.membership;

import org.jspecify.annotations.NullMarked;
