/**
 * Exports the spans of the router by OpenTelemetry. Nothing of it is loaded unless {@code OTEL_TRACES_EXPORTER} is set.
 */
@NullMarked
package io.junctor.cli.tracing;

import org.jspecify.annotations.NullMarked;
