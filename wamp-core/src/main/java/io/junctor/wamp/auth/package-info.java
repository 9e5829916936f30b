/**
 * The cryptographic computations of the authentication methods, for both sides (section "Authentication Methods"). Public API for authors
 * of clients and authenticators.
 *
 * <p>Depends on the JDK only. All types are immutable or have pure functions only, so they are thread-safe.
 */
@NullMarked
package io.junctor.wamp.auth;

import org.jspecify.annotations.NullMarked;
