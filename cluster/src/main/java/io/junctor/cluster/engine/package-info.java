/**
 * What the routers of a cluster need from the system that connects them: ordered lanes for messages, records that are
 * changed by compare-and-set, and news about the connection. For implementers of engines.
 *
 * <p>Depends on nothing of the router. Every engine passes the same contract suite. An engine calls receivers, watchers
 * and listeners on threads of its own; they must not block.
 */
@NullMarked
package io.junctor.cluster.engine;

import org.jspecify.annotations.NullMarked;
