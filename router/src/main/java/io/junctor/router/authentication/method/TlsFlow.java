package io.junctor.router.authentication.method;

import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.PeerCertificate;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.value.Dict;

/** Authenticates a client by its TLS client certificate. The TLS handshake has verified the certificate, so there is no challenge. */
record TlsFlow(Authenticator authenticator, AuthenticationContext tools) implements AuthenticationFlow {
    @Override
    public AuthenticationStep begin(AuthenticationRequest request, ChannelBindings channel) {
        PeerCertificate shown = request.transport().certificate();
        // The certificate may have expired: a resumed TLS session and a directly trusted certificate skip this check.
        if (shown == null || !shown.isValidAt(tools.clock().get())) {
            return CredentialVerifier.judge(
                    false, Principal.of("nobody", new Credential.Proven()), "", Dict.EMPTY, tools);
        }
        return switch (authenticator.authenticate(request)) {
            case JoinRefused refused -> new AuthenticationStep.Refused(refused);
            case AuthenticationDecision.Accepted accepted -> judge(accepted.principal(), request, shown);
        };
    }

    private AuthenticationStep judge(Principal principal, AuthenticationRequest request, PeerCertificate shown) {
        boolean holds = holds(principal.credential(), shown);
        String authid = principal.authid() == null ? request.authid() : principal.authid();
        if (holds && authid == null) {
            throw new IllegalStateException("the authenticator has to say the authid of a client that gives none");
        }
        return CredentialVerifier.judge(holds, principal, authid == null ? "" : authid, Dict.EMPTY, tools);
    }

    private static boolean holds(Credential credential, PeerCertificate shown) {
        return switch (credential) {
            case Credential.Proven proven -> true;
            case Credential.Certificates certificates -> certificates.fit(shown);
            case Credential.Secret other -> throw CredentialVerifier.unfit(AuthMethod.TLS, other);
            case Credential.SaltedSecret other -> throw CredentialVerifier.unfit(AuthMethod.TLS, other);
            case Credential.HashedSecret other -> throw CredentialVerifier.unfit(AuthMethod.TLS, other);
            case Credential.ScramSecret other -> throw CredentialVerifier.unfit(AuthMethod.TLS, other);
            case Credential.PublicKeys other -> throw CredentialVerifier.unfit(AuthMethod.TLS, other);
        };
    }
}
