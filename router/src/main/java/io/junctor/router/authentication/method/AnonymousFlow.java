package io.junctor.router.authentication.method;

import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.Principal;

/** Lets an authenticator decide about clients without credentials. There is no challenge. Thread-safe. */
record AnonymousFlow(Authenticator authenticator) implements AuthenticationFlow {
    @Override
    public AuthenticationStep begin(AuthenticationRequest request, ChannelBindings channel) {
        return switch (authenticator.authenticate(request)) {
            case JoinRefused refused -> new AuthenticationStep.Refused(refused);
            case AuthenticationDecision.Accepted accepted -> grant(accepted.principal());
        };
    }

    /** Grants the authid that the authenticator names, or a random authid: the client has not proven the authid that it requested. */
    private static AuthenticationStep grant(Principal principal) {
        if (!(principal.credential() instanceof Credential.Proven)) {
            throw CredentialVerifier.unfit(AuthMethod.ANONYMOUS, principal.credential());
        }
        return new AuthenticationStep.Granted(principal, principal.authid(), principal.extra());
    }
}
