package io.junctor.router.metrics;

import java.util.function.LongSupplier;

/**
 * A counter since the start of the router that {@code /metrics} shows with a label.
 *
 * @param name the name in metrics, such as {@code cluster_messages_sent}
 * @param meaning a short description of the counter; the same for all counters with one name
 * @param label the name of the label
 * @param value the value of the label
 * @param count returns the present count; any thread may call it at any time
 */
public record LabeledCounter(String name, String meaning, String label, String value, LongSupplier count) {}
