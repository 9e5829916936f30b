/**
 * Who came, who was refused, who was thrown out: {@link io.junctor.router.audit.AuditLog}; and how many lines of a log an address causes:
 * {@link io.junctor.router.audit.LogRateLimit}.
 *
 * <p>Depends on metrics. Safe for use by many threads, and not in the turn, as it logs.
 */
@NullMarked
package io.junctor.router.audit;

import org.jspecify.annotations.NullMarked;
