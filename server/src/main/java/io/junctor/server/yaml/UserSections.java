package io.junctor.server.yaml;

import io.junctor.router.spi.CertificateMatch;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.DistinguishedName;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.value.Dict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A user of an authentication method. */
final class UserSections {
    static final Key<List<String>> OTHER_ROLES =
            Key.list("other_roles", RealmNames.ROLE, "a list of roles such as [operator]");
    static final Key<String> ROLE = Key.required("role", RealmNames.ROLE);
    private static final Key<List<String>> KEYS = Key.required(
            "keys",
            new ListType<>(
                    ScalarType.text(
                            "an Ed25519 public key of 64 hexadecimal digits that is not of low order",
                            key -> Cryptosign.parsePublicKey(key) == null ? null : key.toLowerCase(Locale.ROOT)),
                    "a list of public keys, each of 64 hexadecimal digits",
                    1));
    private static final Key<?>[] CERTIFICATE_KEYS = {
        Key.optional(
                "fingerprint",
                ScalarType.text(
                        "a SHA-256 fingerprint of 64 hexadecimal digits, with or without colons",
                        CertificateMatch::fingerprint)),
        Key.optional(
                "san",
                ScalarType.text(
                        "an alternative name such as dns:door-1.example.org, email:door-1@example.org or uri:urn:door:1",
                        CertificateMatch.San::parse)),
        Key.optional("subject", ScalarType.text("a name such as CN=door-1,O=Example", DistinguishedName::parse))
    };
    private static final Key<List<CertificateMatch>> CERTIFICATES = Key.required(
            "certificates",
            new ListType<>(
                    Section.of(
                                    "a map such as { subject: \"CN=door-1,O=Example\" }",
                                    List.of(CERTIFICATE_KEYS),
                                    values -> RecordSection.build(CertificateMatch.class, values))
                            .checkedBy(values -> values.requireAny(CERTIFICATE_KEYS)),
                    "a list such as [{ fingerprint: 64 hexadecimal digits }]",
                    1));

    private UserSections() {}

    /** A user with public keys. */
    static Section<Principal> withKeys() {
        return section(
                "a map such as { keys: [64 hexadecimal digits], role: device }",
                List.of(KEYS),
                values -> new Credential.PublicKeys(Set.copyOf(values.get(KEYS))));
    }

    /** A user with client certificates. */
    static Section<Principal> withCertificates() {
        return section(
                "a map such as { certificates: [{ subject: \"CN=door-1,O=Example\" }], role: device }",
                List.of(CERTIFICATES),
                values -> new Credential.Certificates(values.get(CERTIFICATES)));
    }

    /** A user with a credential that {@code credentialKeys} describe; the checks of the section make sure that there is one. */
    static Section<Principal> section(
            String expected,
            List<? extends Key<?>> credentialKeys,
            Function<SectionValues, @Nullable Credential> credential) {
        List<Key<?>> keys = new ArrayList<>(credentialKeys);
        keys.addAll(List.of(ROLE, OTHER_ROLES));
        return Section.of(
                expected,
                keys,
                values -> new Principal(
                        null,
                        roles(values.get(ROLE), values),
                        null,
                        Dict.EMPTY,
                        Objects.requireNonNull(credential.apply(values))));
    }

    /** Returns the role and the other roles of a section. */
    static List<String> roles(String first, SectionValues values) {
        return Stream.concat(Stream.of(first), values.get(OTHER_ROLES).stream()).toList();
    }
}
