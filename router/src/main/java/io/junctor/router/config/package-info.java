/**
 * The configuration of a router as records, validated once when they are made: the whole of it, its realms and its limits. Listeners,
 * HTTP, logins and rules, and clusters have a package each below this one.
 *
 * <p>Depends on {@code wamp-core} values only. Everything here is immutable.
 */
@NullMarked
package io.junctor.router.config;

import org.jspecify.annotations.NullMarked;
