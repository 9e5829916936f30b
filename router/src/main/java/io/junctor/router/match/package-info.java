/**
 * Look-ups by names and ids that clients choose, at a cost that clients cannot increase: {@link io.junctor.router.match.PatternMap} by URI
 * or pattern, for broker, dealer and permissions, and {@link io.junctor.router.match.IdMap} by id.
 *
 * <p>Depends on no other package of the router. All types are confined to one thread at a time.
 */
@NullMarked
package io.junctor.router.match;

import org.jspecify.annotations.NullMarked;
