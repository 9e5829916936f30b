/**
 * The configuration of a router, its realms and its limits as records, which are validated when they are created. The sub-packages contain
 * the configuration of listeners, of HTTP, of authentication and rules, and of clusters.
 *
 * <p>Depends on {@code wamp-core} values only. All types are immutable.
 */
@NullMarked
package io.junctor.router.config;

import org.jspecify.annotations.NullMarked;
