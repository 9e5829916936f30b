/**
 * The façade of the router: {@link io.junctor.router.Router}.
 *
 * <p>Depends on everything below it. Safe for use by many threads.
 */
@NullMarked
package io.junctor.router;

import org.jspecify.annotations.NullMarked;
