/**
 * Passes the events of a realm to the other routers that have subscribers for them. Start reading at {@link
 * io.junctor.cluster.event.EventLane}.
 *
 * <p>Depends on {@code cluster.engine}, {@code cluster.protocol} and the router's public API. Each type says on which threads it is used.
 */
@NullMarked
package io.junctor.cluster.event;

import org.jspecify.annotations.NullMarked;
