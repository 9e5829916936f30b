package io.junctor.server.tls;

import io.junctor.router.audit.LogRateLimit;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import java.security.cert.X509Certificate;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs client certificates that a listener refuses because they are revoked: one line per minute for each
 * certificate. Thread-safe.
 */
public final class RevokedCertificateLog {
    private static final Logger LOG = LoggerFactory.getLogger(RevokedCertificateLog.class);

    private final String listener;
    private final Counters counters;
    private final LogRateLimit lines;

    /** Creates the events of the listener at {@code listener}, an address and a port. */
    public RevokedCertificateLog(String listener, LongSupplier nanos, Counters counters) {
        this.listener = listener;
        this.counters = counters;
        this.lines = new LogRateLimit(
                1,
                nanos,
                counters,
                (certificate, more) -> LOG.info(
                        "listener {} refused the certificate {} {} more times in a minute",
                        listener,
                        certificate,
                        more));
    }

    /** Notes that the listener refuses {@code certificate} for {@code reason}. */
    void onRefused(X509Certificate certificate, String reason) {
        counters.increment(Counter.CERTIFICATES_REVOKED);
        String serial = certificate.getSerialNumber().toString(16);
        if (lines.admits("with serial number " + serial + " of " + certificate.getIssuerX500Principal())) {
            LOG.warn(
                    "listener {} refused the client certificate of {} with serial number {}: {}",
                    listener,
                    certificate.getSubjectX500Principal(),
                    serial,
                    reason);
        }
    }

    /** Notes that the listener accepts {@code certificate} although OCSP gave no answer. */
    void onUnanswered(X509Certificate certificate, String reason) {
        if (lines.admits("OCSP of " + certificate.getIssuerX500Principal())) {
            LOG.warn(
                    "listener {} accepts client certificates of {} without an answer by OCSP (soft_fail): {}",
                    listener,
                    certificate.getIssuerX500Principal(),
                    reason);
        }
    }

    /** Writes the summary lines of the minutes that are over. */
    void sweep() {
        lines.sweep();
    }
}
