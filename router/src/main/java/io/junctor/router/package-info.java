/**
 * The façade of the router: {@link io.junctor.router.Router}.
 *
 * <p>Depends on everything below it. Thread-safe.
 */
@NullMarked
package io.junctor.router;

import org.jspecify.annotations.NullMarked;
