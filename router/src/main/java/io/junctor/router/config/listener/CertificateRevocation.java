package io.junctor.router.config.listener;

import java.nio.file.Path;
import java.util.List;

/**
 * How a TLS listener finds out that a client certificate is revoked.
 *
 * @param crls files with certificate revocation lists; if there are any, a certificate is refused unless a current
 *     list of its authority is among them
 * @param ocsp whether the authority is asked by OCSP
 */
public record CertificateRevocation(List<Path> crls, OcspPolicy ocsp) {
    /** Does not look for revoked certificates. */
    public static final CertificateRevocation NONE = new CertificateRevocation(List.of(), OcspPolicy.NONE);

    /** Copies the list. */
    public CertificateRevocation {
        crls = List.copyOf(crls);
    }
}
