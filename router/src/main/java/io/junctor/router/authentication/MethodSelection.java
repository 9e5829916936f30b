package io.junctor.router.authentication;

import io.junctor.router.authentication.method.AuthenticationFlow;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.connection.transport.TrustedIdentity;
import io.junctor.router.spi.JoinRefused;
import org.jspecify.annotations.Nullable;

/** The result of selecting an authentication method for a {@code HELLO}. */
public sealed interface MethodSelection
        permits MethodSelection.Anonymous,
                MethodSelection.Trusted,
                MethodSelection.Authenticated,
                MethodSelection.Refused {
    /**
     * The client joins without credentials.
     *
     * @param realm the realm to join
     * @param role the role granted there
     */
    record Anonymous(JoinableRealm realm, String role) implements MethodSelection {}

    /**
     * The client joins without credentials, because the program that embeds the router vouches for it.
     *
     * @param realm the realm to join
     * @param identity the identity granted there
     */
    record Trusted(JoinableRealm realm, TrustedIdentity identity) implements MethodSelection {}

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
     * @param problem the text for the log, if it differs from the text for the client; or null
     */
    record Refused(JoinRefused reason, @Nullable String problem) implements MethodSelection {
        /** Creates a refusal with the same text for the log and for the client. */
        public Refused(JoinRefused reason) {
            this(reason, null);
        }
    }
}
