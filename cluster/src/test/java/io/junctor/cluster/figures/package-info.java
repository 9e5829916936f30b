/** Measures a cluster on a NATS server: {@code cluster/figures} runs it. */
package io.junctor.cluster.figures;
