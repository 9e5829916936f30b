/**
 * Who is there: which routers belong to the cluster, which are suspected, and which are declared dead. Thread-safe.
 *
 * <p>Depends on {@code engine} and the router's timers. Only a change of a router's record by compare-and-set decides that it
 * is dead, so all routers learn the same, once.
 */
@NullMarked
package io.junctor.cluster.membership;

import org.jspecify.annotations.NullMarked;
