/**
 * Decides what sessions may do: by the {@link io.junctor.router.authorization.Permissions} of their role and by
 * authorizers.
 */
@NullMarked
package io.junctor.router.authorization;

import org.jspecify.annotations.NullMarked;
