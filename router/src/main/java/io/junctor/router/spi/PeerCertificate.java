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
 * Immutable. The certificate that a client showed on its connection, where it leads to an authority that the listener trusts.
 *
 * @param x509 the certificate itself
 * @param fingerprint the SHA-256 of it, 64 hexadecimal digits in small letters
 */
public record PeerCertificate(X509Certificate x509, String fingerprint) {

    /** The certificate with its fingerprint. */
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

    /** Whose it is, as RFC 2253 writes names. */
    public String subject() {
        return x509.getSubjectX500Principal().getName(X500Principal.RFC2253);
    }

    /** Who issued it, as RFC 2253 writes names. */
    public String issuer() {
        return x509.getIssuerX500Principal().getName(X500Principal.RFC2253);
    }

    /** What it holds of this kind, as it stands there but for host names, which are in small letters. */
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

    /** Alternative names of one type (RFC 5280, section 4.2.1.6); none where they cannot be read. */
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

    /** Whether its time has come and is not over: the one of its own, not those of who issued it. */
    public boolean isValidAt(Instant time) {
        return !time.isBefore(x509.getNotBefore().toInstant())
                && !time.isAfter(x509.getNotAfter().toInstant());
    }

    /** Subject and fingerprint. */
    @Override
    public String toString() {
        return "PeerCertificate[" + subject() + ", " + fingerprint + "]";
    }
}
