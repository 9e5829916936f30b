/**
 * Passes invocations, their answers and signals about callees from one router to another. Start reading at {@link
 * io.junctor.cluster.call.CallLane}.
 *
 * <p>Depends on {@code cluster.engine}, {@code cluster.protocol} and the router's public API. Each type says on which threads it is used.
 */
@NullMarked
package io.junctor.cluster.call;

import org.jspecify.annotations.NullMarked;
