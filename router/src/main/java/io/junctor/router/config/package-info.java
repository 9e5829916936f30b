/**
 * The configuration of a router: listeners, realms, roles and limits as records, validated once when they are made.
 *
 * <p>Depends on {@code wamp-core} values only. Everything here is immutable.
 */
@NullMarked
package io.junctor.router.config;

import org.jspecify.annotations.NullMarked;
