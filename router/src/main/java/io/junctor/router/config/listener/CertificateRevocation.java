package io.junctor.router.config.listener;

import java.nio.file.Path;
import java.util.List;

/**
 * The checks by which a TLS listener detects that a client certificate was revoked.
 *
 * @param crls files with certificate revocation lists; unless empty, a certificate is refused if they contain no current list of its
 *     authority
 * @param ocsp whether the listener asks the authority by OCSP
 */
public record CertificateRevocation(List<Path> crls, OcspPolicy ocsp) {
    /** No checks for revoked certificates. */
    public static final CertificateRevocation NONE = new CertificateRevocation(List.of(), OcspPolicy.NONE);

    /** Copies the list. */
    public CertificateRevocation {
        crls = List.copyOf(crls);
    }
}
