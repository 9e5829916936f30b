package io.junctor.router.realm;

import io.junctor.router.audit.AuditLog;
import io.junctor.router.audit.LogRateLimit;
import io.junctor.router.metrics.Counters;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.value.Dict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Safe for use by many threads. How many lines an address causes: clients can connect, join and be refused thousands of times a second.
 *
 * @param log of the log
 * @param audit of the audit log
 */
record LogRateLimits(LogRateLimit log, LogRateLimit audit) {
    private static final Logger LOG = LoggerFactory.getLogger(LogRateLimits.class);
    private static final int LOG_LINES_PER_MINUTE = 120;
    /** More, as all the devices behind one address may join in a minute. */
    private static final int AUDIT_LINES_PER_MINUTE = 6_000;

    static LogRateLimits of(Timers timers, Counters counters) {
        return new LogRateLimits(
                new LogRateLimit(
                        LOG_LINES_PER_MINUTE,
                        timers::nanos,
                        counters,
                        (address, lines) ->
                                LOG.info("{} more lines about {} were left out in the last minute", lines, address)),
                new LogRateLimit(AUDIT_LINES_PER_MINUTE, timers::nanos, counters, LogRateLimits::sumUp));
    }

    private static void sumUp(String address, long lines) {
        AuditLog.write(
                "lines_left_out",
                new Dict.Builder()
                        .put("address", address)
                        .put("lines", lines)
                        .build()
                        .entries());
    }

    /** Whether a line that {@code address} causes is written to the audit log. */
    boolean audits(String address) {
        return AuditLog.isOn() && audit.admits(address);
    }

    void sweep() {
        log.sweep();
        audit.sweep();
    }
}
