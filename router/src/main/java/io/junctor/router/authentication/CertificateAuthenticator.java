package io.junctor.router.authentication;

import io.junctor.router.authentication.method.AuthidSyntax;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.PeerCertificate;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.value.Dict;
import java.util.List;

/**
 * Accepts every client with a certificate of a trusted authority; a field of the certificate is its authid.
 * Thread-safe.
 */
public final class CertificateAuthenticator implements Authenticator {
    private final AuthSource.Holders holders;

    /** Accepts the clients that {@code holders} describes. */
    public CertificateAuthenticator(AuthSource.Holders holders) {
        this.holders = holders;
    }

    @Override
    public AuthenticationDecision authenticate(AuthenticationRequest request) {
        PeerCertificate shown = request.transport().certificate();
        List<String> names = shown == null ? List.of() : shown.values(holders.authid());
        String authid = request.authid();
        if (authid == null && names.size() == 1) {
            authid = names.getFirst();
        }
        if (authid == null || !names.contains(authid) || !AuthidSyntax.isPlain(authid)) {
            return JoinRefused.DENIED;
        }
        return new AuthenticationDecision.Accepted(
                new Principal(authid, holders.roles(), null, Dict.EMPTY, new Credential.Proven()));
    }
}
