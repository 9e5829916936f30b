package io.junctor.router.authentication.method;

import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.PeerCredentials;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.value.Dict;
import java.util.Objects;

/**
 * Authenticates a client on a Unix domain socket by its account, which the operating system reports, so there is no challenge. Thread-safe.
 */
record UnixFlow(Authenticator authenticator, AuthenticationContext tools) implements AuthenticationFlow {
    @Override
    public AuthenticationStep begin(AuthenticationRequest request, ChannelBindings channel) {
        PeerCredentials account = request.transport().credentials();
        if (account == null) {
            return new AuthenticationStep.Refused(JoinRefused.DENIED);
        }
        return switch (authenticator.authenticate(request)) {
            case JoinRefused refused -> new AuthenticationStep.Refused(refused);
            case AuthenticationDecision.Accepted accepted -> grant(accepted.principal(), account);
        };
    }

    private AuthenticationStep grant(Principal principal, PeerCredentials account) {
        if (!(principal.credential() instanceof Credential.Proven)) {
            throw CredentialVerifier.unfit(AuthMethod.UNIX, principal.credential());
        }
        return CredentialVerifier.judge(
                true, principal, Objects.requireNonNullElse(principal.authid(), account.user()), Dict.EMPTY, tools);
    }
}
