/**
 * Who may do what: {@link io.junctor.router.authorization.Permissions} of a role.
 *
 * <p>Depends on {@code config} and {@code match}. Everything here is immutable.
 */
@NullMarked
package io.junctor.router.authorization;

import org.jspecify.annotations.NullMarked;
