/**
 * Finding what is kept by URI or pattern: {@link io.junctor.router.match.PatternMap}, shared by broker and dealer.
 *
 * <p>Depends on nothing of the router. Everything here is used by one thread at a time.
 */
@NullMarked
package io.junctor.router.match;

import org.jspecify.annotations.NullMarked;
