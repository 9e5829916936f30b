/** Experiments with three routers on three NATS servers, each a process, of which some are killed, stopped or cut off. */
@org.jspecify.annotations.NullMarked
package io.junctor.conformance.cluster;
