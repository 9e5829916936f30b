package io.junctor.router.audit;

import io.junctor.router.metrics.Counters;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.value.Dict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the log lines about one address: clients can connect, join and be refused thousands of times a second. Thread-safe.
 *
 * @param log the limit for the log
 * @param audit the limit for the audit log
 */
public record LogRateLimits(LogRateLimit log, LogRateLimit audit) {
    private static final Logger LOG = LoggerFactory.getLogger(LogRateLimits.class);
    private static final int LOG_LINES_PER_MINUTE = 120;
    /** Higher than the limit for the log, because many devices may share one address and may all join in the same minute. */
    private static final int AUDIT_LINES_PER_MINUTE = 6_000;

    public static LogRateLimits of(Timers timers, Counters counters) {
        return new LogRateLimits(
                new LogRateLimit(
                        LOG_LINES_PER_MINUTE,
                        timers::nanos,
                        counters,
                        (address, lines) ->
                                LOG.info("{} more lines about {} were left out in the last minute", lines, address)),
                new LogRateLimit(AUDIT_LINES_PER_MINUTE, timers::nanos, counters, LogRateLimits::auditLeftOut));
    }

    private static void auditLeftOut(String address, long lines) {
        AuditLog.write(
                "lines_left_out",
                new Dict.Builder()
                        .put("address", address)
                        .put("lines", lines)
                        .build()
                        .entries());
    }

    /** Whether the audit log takes one more line about {@code address}. */
    public boolean audits(String address) {
        return AuditLog.isOn() && audit.admits(address);
    }

    /** Logs how many lines were omitted. Called periodically. */
    public void sweep() {
        log.sweep();
        audit.sweep();
    }
}
