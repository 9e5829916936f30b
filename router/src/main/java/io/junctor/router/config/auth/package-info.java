/**
 * The configuration of who may join a realm, and of what a role may do there. Everything here is immutable.
 */
@NullMarked
package io.junctor.router.config.auth;

import org.jspecify.annotations.NullMarked;
