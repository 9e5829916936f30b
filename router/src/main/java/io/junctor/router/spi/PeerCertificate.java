package io.junctor.router.spi;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/**
 * The certificate of a client, issued by an authority that the listener trusts.
 *
 * @param x509 the certificate itself
 * @param fingerprint its SHA-256, 64 hexadecimal digits in lower case
 */
public record PeerCertificate(X509Certificate x509, String fingerprint) {

    /** Creates the certificate with its fingerprint. */
    public static PeerCertificate of(X509Certificate x509) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(x509.getEncoded());
            return new PeerCertificate(x509, HexFormat.of().formatHex(digest));
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate has no encoding", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The name of its subject in text form (RFC 2253). */
    public String subject() {
        return x509.getSubjectX500Principal().getName(X500Principal.RFC2253);
    }

    /** The name of its issuer in text form (RFC 2253). */
    public String issuer() {
        return x509.getIssuerX500Principal().getName(X500Principal.RFC2253);
    }

    /** The values of this field; DNS names are in lower case. */
    public List<String> values(CertificateField field) {
        return switch (field) {
            case SUBJECT_CN ->
                DistinguishedName.of(x509.getSubjectX500Principal()).commonNames();
            case SAN_EMAIL -> alternatives(1);
            case SAN_DNS ->
                alternatives(2).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList();
            case SAN_URI -> alternatives(6);
        };
    }

    /** The subject alternative names of one type (RFC 5280, section 4.2.1.6); none if they cannot be read. */
    private List<String> alternatives(int type) {
        try {
            Collection<List<?>> all = x509.getSubjectAlternativeNames();
            return all == null
                    ? List.of()
                    : all.stream()
                            .filter(one -> one.getFirst().equals(type) && one.get(1) instanceof String)
                            .map(one -> (String) one.get(1))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** True if the certificate itself is valid at this time; does not check its issuers. */
    public boolean isValidAt(Instant time) {
        return !time.isBefore(x509.getNotBefore().toInstant())
                && !time.isAfter(x509.getNotAfter().toInstant());
    }

    /** Shows the subject and the fingerprint. */
    @Override
    public String toString() {
        return "PeerCertificate[" + subject() + ", " + fingerprint + "]";
    }
}
