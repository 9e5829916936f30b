package io.junctor.cli.bench;

/**
 * Immutable. How much load, and for how long.
 *
 * @param connections callers or publishers
 * @param partners callees or subscribers
 * @param window operations of one connection under way at a time; without meaning where there is a rate
 * @param payloadBytes the length of the one string that is sent
 * @param rate operations a second over all connections; 0 for as many as the windows allow
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
