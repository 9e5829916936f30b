package io.junctor.router.config.yaml;

import io.junctor.router.auth.CertificateMark;
import io.junctor.router.auth.Credential;
import io.junctor.router.auth.CredentialText;
import io.junctor.router.auth.DistinguishedName;
import io.junctor.router.auth.Method;
import io.junctor.router.auth.Principal;
import io.junctor.router.config.yaml.Key.Defaulted;
import io.junctor.router.config.yaml.Key.Needed;
import io.junctor.router.config.yaml.Key.Spare;
import io.junctor.router.config.yaml.Placing.Placed;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.value.Dict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One user of a method, with the roles that have to exist in the realm. */
final class UserShape {
    static final Text ROLE_NAME = new Text("the name of a role", name -> !name.isBlank());
    static final Needed<Placed<String>> ROLE = new Needed<>("role", new Placing<>(ROLE_NAME));
    static final Defaulted<List<Placed<String>>> OTHER_ROLES = new Defaulted<>(
            "other_roles", new ListOf<>(new Placing<>(ROLE_NAME), "a list of roles such as [operator]", 0), List.of());
    private static final Needed<List<String>> KEYS = new Needed<>(
            "keys",
            new ListOf<>(
                    new Text(
                            "an Ed25519 public key of 64 hexadecimal digits that is not of low order",
                            key -> Cryptosign.parsePublicKey(key) != null),
                    "a list of public keys, each of 64 hexadecimal digits",
                    1));

    private static final Spare<String> FINGERPRINT = new Spare<>(
            "fingerprint",
            new Text(
                    "a SHA-256 fingerprint of 64 hexadecimal digits, with or without colons",
                    text -> CertificateMark.fingerprint(text) != null));
    private static final Spare<String> SAN = new Spare<>(
            "san",
            new Text(
                    "an alternative name such as dns:door-1.example.org, email:door-1@example.org or uri:urn:door:1",
                    text -> CertificateMark.San.parse(text) != null));
    private static final Spare<String> SUBJECT = new Spare<>(
            "subject", new Text("a name such as CN=door-1,O=Example", text -> DistinguishedName.parse(text) != null));
    private static final Needed<List<CertificateMark>> CERTIFICATES = new Needed<>(
            "certificates",
            new ListOf<>(
                    Shape.of(
                            "a map such as { subject: \"CN=door-1,O=Example\" }",
                            List.of(FINGERPRINT, SAN, SUBJECT),
                            UserShape::mark),
                    "a list such as [{ fingerprint: 64 hexadecimal digits }]",
                    1));

    /**
     * A user. Immutable.
     *
     * @param principal who it is
     * @param roles its roles with their places
     */
    record User(Principal principal, List<Placed<String>> roles) {}

    private UserShape() {}

    /** A user of a method with secrets, which stand under {@code key}. */
    static Shape<User> withSecret(Method method, String key, String hint) {
        Needed<Placed<String>> secret = new Needed<>(key, new Placing<>(new SecretText()));
        return Shape.of(
                "a map such as { " + key + ": \"${NAME}\", role: device }",
                List.of(secret, ROLE, OTHER_ROLES),
                section -> bind(section, credential(method, section.get(secret), hint)));
    }

    /** A user with public keys. */
    static Shape<User> withKeys() {
        return Shape.of(
                "a map such as { keys: [64 hexadecimal digits], role: device }",
                List.of(KEYS, ROLE, OTHER_ROLES),
                section -> bind(section, keys(section.get(KEYS))));
    }

    /** A user with certificates. */
    static Shape<User> withCertificates() {
        return Shape.of(
                "a map such as { certificates: [{ subject: \"CN=door-1,O=Example\" }], role: device }",
                List.of(CERTIFICATES, ROLE, OTHER_ROLES),
                section -> bind(section, certificates(section.get(CERTIFICATES))));
    }

    private static @Nullable CertificateMark mark(Section section) {
        String fingerprint = section.get(FINGERPRINT);
        String san = section.get(SAN);
        String subject = section.get(SUBJECT);
        if (Stream.of(FINGERPRINT, SAN, SUBJECT).noneMatch(section::has)) {
            section.reject("needs at least one of the keys 'fingerprint', 'san' and 'subject'");
        }
        return fingerprint == null && san == null && subject == null
                ? null
                : new CertificateMark(
                        fingerprint == null ? null : CertificateMark.fingerprint(fingerprint),
                        san == null ? null : CertificateMark.San.parse(san),
                        subject == null ? null : DistinguishedName.parse(subject));
    }

    private static @Nullable Credential certificates(@Nullable List<CertificateMark> marks) {
        return marks == null ? null : new Credential.Certificates(marks);
    }

    private static @Nullable Credential credential(Method method, @Nullable Placed<String> secret, String hint) {
        if (secret == null) {
            return null;
        }
        Credential credential = CredentialText.parse(method, secret.it());
        if (credential == null) {
            secret.place().reject(secret.place().label() + " must be " + hint);
        }
        return credential;
    }

    private static @Nullable Credential keys(@Nullable List<String> keys) {
        return keys == null
                ? null
                : new Credential.PublicKeys(
                        keys.stream().map(key -> key.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
    }

    private static @Nullable User bind(Section section, @Nullable Credential credential) {
        Placed<String> role = section.get(ROLE);
        List<Placed<String>> others = section.get(OTHER_ROLES);
        if (credential == null || role == null) {
            return null;
        }
        List<Placed<String>> roles =
                new ArrayList<>(Stream.concat(Stream.of(role), others.stream()).toList());
        List<String> names = roles.stream().map(Placed::it).toList();
        return new User(new Principal(null, names, null, Dict.EMPTY, credential), List.copyOf(roles));
    }
}
