/**
 * Who may do what: {@link io.junctor.router.access.Permissions} of a role.
 *
 * <p>Depends on {@code config} and {@code match}. Everything here is immutable.
 */
@NullMarked
package io.junctor.router.access;

import org.jspecify.annotations.NullMarked;
