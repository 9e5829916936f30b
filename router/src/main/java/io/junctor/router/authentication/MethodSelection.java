package io.junctor.router.authentication;

import io.junctor.router.authentication.method.AuthenticationFlow;
import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.spi.JoinRefused;

/** The result of selecting an authentication method for a {@code HELLO}. */
public sealed interface MethodSelection
        permits MethodSelection.Anonymous, MethodSelection.Authenticated, MethodSelection.Refused {
    /**
     * The client joins without credentials.
     *
     * @param realm the realm to join
     * @param role the role granted there
     */
    record Anonymous(JoinableRealm realm, String role) implements MethodSelection {}

    /**
     * The client has to authenticate.
     *
     * @param realm the realm to join
     * @param offer the method
     * @param flow carries the method out
     */
    record Authenticated(JoinableRealm realm, AuthMethodConfig offer, AuthenticationFlow flow)
            implements MethodSelection {}

    /**
     * The client is refused.
     *
     * @param reason the content of {@code ABORT}
     */
    record Refused(JoinRefused reason) implements MethodSelection {}
}
