/**
 * The extension points of the router: authenticators, authorizers and histories.
 *
 * <p>Depends on {@code wamp-core} only. Each type says on which threads it is used.
 */
@NullMarked
package io.junctor.router.spi;

import org.jspecify.annotations.NullMarked;
