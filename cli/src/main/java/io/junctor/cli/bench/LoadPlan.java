package io.junctor.cli.bench;

/**
 * The amount and duration of the load. Immutable.
 *
 * @param connections callers or publishers
 * @param partners callees or subscribers
 * @param window how many operations of one connection may be outstanding; without meaning if there is a rate
 * @param payloadBytes the length of the only argument, a string
 * @param rate operations per second over all connections; 0 for as many as the windows allow
 * @param acknowledged whether publications are acknowledged
 */
record LoadPlan(
        int connections,
        int partners,
        int window,
        int payloadBytes,
        double rate,
        boolean acknowledged,
        long warmupNanos,
        long durationNanos) {

    boolean isOpenLoop() {
        return rate > 0;
    }
}
