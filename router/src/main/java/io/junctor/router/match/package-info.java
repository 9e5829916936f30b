/**
 * Finding what is kept by names that clients choose, at a cost that they do not choose: {@link io.junctor.router.match.PatternMap} by URI or
 * pattern, shared by broker and dealer, and {@link io.junctor.router.match.IdMap} by id.
 *
 * <p>Depends on nothing of the router. Everything here is used by one thread at a time.
 */
@NullMarked
package io.junctor.router.match;

import org.jspecify.annotations.NullMarked;
