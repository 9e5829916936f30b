package io.junctor.router.auth;

import io.junctor.wamp.value.Dict;
import java.util.List;

/** Safe for use by many threads. Everybody with a certificate of a trusted authority is who a part of it says. */
public final class CertificateHolders implements Authenticator {
    private final Source.Holders holders;

    /** Those of {@code holders}. */
    public CertificateHolders(Source.Holders holders) {
        this.holders = holders;
    }

    @Override
    public Ruling authenticate(Applicant applicant) {
        PeerCertificate shown = applicant.transport().certificate();
        List<String> names = shown == null ? List.of() : shown.values(holders.authid());
        String authid = applicant.authid();
        if (authid == null && names.size() == 1) {
            authid = names.getFirst();
        }
        if (authid == null || !names.contains(authid) || !Authid.isPlain(authid)) {
            return Refused.DENIED;
        }
        return new Ruling.Accepted(new Principal(authid, holders.roles(), null, Dict.EMPTY, new Credential.Proven()));
    }
}
