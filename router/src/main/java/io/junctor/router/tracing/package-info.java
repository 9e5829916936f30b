/**
 * Spans of calls and publications: {@link io.junctor.router.tracing.GlobalTracing} holds the recorder,
 * a session has a {@link io.junctor.router.tracing.TracedSession}. No code of this package runs for messages
 * while no {@link io.junctor.router.tracing.Tracing} is set.
 */
@NullMarked
package io.junctor.router.tracing;

import org.jspecify.annotations.NullMarked;
