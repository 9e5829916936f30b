/**
 * The computations of authentication methods, for both sides (section "Authentication Methods").
 *
 * <p>Depends on the JDK only. Everything here is immutable or a pure function and safe for use by many threads; deriving keys takes its
 * time.
 */
@NullMarked
package io.junctor.wamp.auth;

import org.jspecify.annotations.NullMarked;
