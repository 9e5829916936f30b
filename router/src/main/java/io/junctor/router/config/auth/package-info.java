/** The configuration of the authentication of a realm's clients and of the permissions of its roles. All types are immutable. */
@NullMarked
package io.junctor.router.config.auth;

import org.jspecify.annotations.NullMarked;
