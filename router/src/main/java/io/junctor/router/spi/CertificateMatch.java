package io.junctor.router.spi;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition that the certificate of a user must meet: each component that is not null has to match.
 *
 * @param fingerprint the SHA-256 of the certificate, 64 hexadecimal digits in lower case
 * @param san a subject alternative name
 * @param subject the name of the subject
 */
public record CertificateMatch(
        @Nullable String fingerprint,
        @Nullable San san,
        @Nullable DistinguishedName subject) {
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}|([0-9a-f]{2}:){31}[0-9a-f]{2}");

    /**
     * A subject alternative name.
     *
     * @param field its type
     * @param value the name; a DNS name in lower case
     */
    public record San(CertificateField field, String value) {
        private static final Map<String, CertificateField> FIELDS = Map.of(
                "dns", CertificateField.SAN_DNS,
                "email", CertificateField.SAN_EMAIL,
                "uri", CertificateField.SAN_URI);

        /** Reads a name such as {@code dns:door-1.example.org}; null if the text is invalid. */
        public static @Nullable San parse(String text) {
            int colon = text.indexOf(':');
            CertificateField field =
                    colon < 0 ? null : FIELDS.get(text.substring(0, colon).toLowerCase(Locale.ROOT));
            String value = text.substring(colon + 1);
            if (field == null || value.isEmpty()) {
                return null;
            }
            return new San(field, field == CertificateField.SAN_DNS ? value.toLowerCase(Locale.ROOT) : value);
        }
    }

    /** Requires at least one component. */
    public CertificateMatch {
        if (fingerprint == null && san == null && subject == null) {
            throw new IllegalArgumentException("a certificate needs a fingerprint, an alternative name or a subject");
        }
    }

    /** A condition that only this certificate meets. */
    public static CertificateMatch of(PeerCertificate certificate) {
        return new CertificateMatch(certificate.fingerprint(), null, null);
    }

    /** Reads a SHA-256 fingerprint, with or without colons, in either case; null if the text is invalid. */
    public static @Nullable String fingerprint(String text) {
        String digits = text.toLowerCase(Locale.ROOT);
        return FINGERPRINT.matcher(digits).matches() ? digits.replace(":", "") : null;
    }

    boolean fits(PeerCertificate shown) {
        return (fingerprint == null || fingerprint.equals(shown.fingerprint()))
                && (san == null || shown.values(san.field()).contains(san.value()))
                && (subject == null
                        || subject.equals(DistinguishedName.of(shown.x509().getSubjectX500Principal())));
    }
}
