package io.junctor.router.metrics;

import java.util.function.LongSupplier;

/**
 * A count since the start that {@code /metrics} shows with a label.
 *
 * @param name in metrics, such as {@code cluster_messages_sent}
 * @param meaning what is counted, in a few words; the same for all counters of a name
 * @param label the name of the label
 * @param value its value
 * @param count read by any thread, at any time
 */
public record LabeledCounter(String name, String meaning, String label, String value, LongSupplier count) {}
