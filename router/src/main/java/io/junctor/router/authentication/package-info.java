/**
 * Authenticates clients, from {@code HELLO} to {@code WELCOME} (section "Authentication").
 *
 * <p>Depends on {@code wamp-core} and metrics. Authentication may block, so it runs on workers and never in the turn.
 */
@NullMarked
package io.junctor.router.authentication;

import org.jspecify.annotations.NullMarked;
