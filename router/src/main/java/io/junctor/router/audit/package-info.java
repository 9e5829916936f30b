/**
 * Who came, who was refused, who was thrown out: {@link io.junctor.router.audit.AuditLog}.
 *
 * <p>Depends on no other package. Safe for use by many threads, and not in the turn, as it logs.
 */
@NullMarked
package io.junctor.router.audit;

import org.jspecify.annotations.NullMarked;
