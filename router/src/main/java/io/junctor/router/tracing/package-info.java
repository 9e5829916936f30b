/**
 * Spans of calls and publications: {@link io.junctor.router.tracing.Traces} says who records them, {@link
 * io.junctor.router.tracing.TracedSession} stands between a connection and its session. Nothing here runs while no
 * {@link io.junctor.router.tracing.Tracing} is set.
 */
@NullMarked
package io.junctor.router.tracing;

import org.jspecify.annotations.NullMarked;
