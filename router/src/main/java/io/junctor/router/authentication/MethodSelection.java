package io.junctor.router.authentication;

import io.junctor.router.authentication.method.AuthenticationFlow;
import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.spi.JoinRefused;

/** Immutable. Where a {@code HELLO} leads. */
public sealed interface MethodSelection
        permits MethodSelection.Anonymous, MethodSelection.Examined, MethodSelection.Turned {
    /**
     * Immutable. To a session without credentials.
     *
     * @param site the realm to join
     * @param role the role granted there
     */
    record Anonymous(JoinableRealm site, String role) implements MethodSelection {}

    /**
     * Immutable. To an examination of who the client is.
     *
     * @param site the realm to join
     * @param offer the method
     * @param exam its examination
     */
    record Examined(JoinableRealm site, AuthMethodConfig offer, AuthenticationFlow exam) implements MethodSelection {}

    /**
     * Immutable. To no session.
     *
     * @param refused what {@code ABORT} says
     */
    record Turned(JoinRefused refused) implements MethodSelection {}
}
