/**
 * The interfaces to the system that connects the routers of a cluster: ordered lanes for messages, records that are changed by compare-and-set,
 * a journal, and notices about the connection. For implementers of engines.
 *
 * <p>Does not depend on the router. Every engine passes the same contract suite. An engine calls receivers, watchers and listeners on threads
 * of its own; they must not block.
 */
@NullMarked
package io.junctor.cluster.engine;

import org.jspecify.annotations.NullMarked;
