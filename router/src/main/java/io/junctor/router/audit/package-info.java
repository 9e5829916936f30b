/**
 * Records joins, refusals and kills in {@link io.junctor.router.audit.AuditLog}, and limits the log lines about one address by
 * {@link io.junctor.router.audit.LogRateLimit}, other lines by {@link io.junctor.router.audit.MinuteLogLimit}.
 *
 * <p>Depends on metrics and turn. Thread-safe; not for use in the turn, because logging may block.
 */
@NullMarked
package io.junctor.router.audit;

import org.jspecify.annotations.NullMarked;
