package io.junctor.router.metrics;

import java.util.function.LongSupplier;

/**
 * A value that {@code /metrics} shows and that may go up and down.
 *
 * @param name the name in metrics, such as {@code sessions}
 * @param meaning a short description of the value
 * @param value returns the present value; any thread may call it at any time
 */
public record Gauge(String name, String meaning, LongSupplier value) {}
