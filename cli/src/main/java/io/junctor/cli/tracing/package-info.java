/**
 * Exports the spans of the router by OpenTelemetry. No class of OpenTelemetry is loaded unless {@code OTEL_TRACES_EXPORTER} is set.
 */
@NullMarked
package io.junctor.cli.tracing;

import org.jspecify.annotations.NullMarked;
