package io.junctor.router.spi;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The credential that a client has to prove. {@code toString} shows no secrets. */
public sealed interface Credential
        permits Credential.Proven,
                Credential.Secret,
                Credential.SaltedSecret,
                Credential.HashedSecret,
                Credential.ScramSecret,
                Credential.PublicKeys,
                Credential.Certificates {

    /**
     * For {@code ticket}, {@code tls} and {@code unix}: the client has to prove nothing more, because the {@link Authenticator} has checked
     * the proof itself.
     */
    record Proven() implements Credential {}

    /**
     * For {@code ticket} the ticket, for {@code wampcra} the shared secret.
     *
     * @param text the secret
     */
    record Secret(String text) implements Credential {
        @Override
        public String toString() {
            return "Secret[]";
        }
    }

    /**
     * For {@code wampcra}: the key that PBKDF2 derives from the secret.
     *
     * @param key the base64 text of the derived key
     * @param salt the salt as text
     * @param iterations the time cost
     * @param keyBytes the length of the key before base64
     */
    record SaltedSecret(String key, String salt, int iterations, int keyBytes) implements Credential {
        @Override
        public String toString() {
            return "SaltedSecret[]";
        }
    }

    /**
     * For {@code ticket}: the key that PBKDF2 derives from the ticket.
     *
     * @param key the base64 text of the derived key of 32 bytes
     * @param salt the base64 text of the salt
     * @param iterations the time cost
     */
    record HashedSecret(String key, String salt, int iterations) implements Credential {
        @Override
        public String toString() {
            return "HashedSecret[]";
        }
    }

    /**
     * For {@code wamp-scram} (RFC 5802, section 3) and {@code scram}.
     *
     * @param kdf the key derivation function of the salted password
     * @param salt the base64 text of the salt
     * @param storedKey the base64 text of StoredKey
     * @param serverKey the base64 text of ServerKey
     */
    record ScramSecret(Kdf kdf, String salt, String storedKey, String serverKey) implements Credential {
        @Override
        public String toString() {
            return "ScramSecret[]";
        }
    }

    /**
     * A key derivation function with its costs.
     *
     * @param name {@code pbkdf2} or {@code argon2id13}; for {@link AuthMethod#AUTOBAHN_SCRAM} {@code argon2id-13}
     * @param iterations the time cost
     * @param memoryKib the memory cost in KiB; null for {@code pbkdf2}
     */
    record Kdf(String name, int iterations, @Nullable Integer memoryKib) {}

    /**
     * For {@code cryptosign}: the client has to sign with one of these keys.
     *
     * @param hex the public keys, each 64 hexadecimal digits in lower case
     */
    record PublicKeys(Set<String> hex) implements Credential {
        /** Copies the set. */
        public PublicKeys {
            hex = Set.copyOf(hex);
        }
    }

    /**
     * For {@code tls}: the client needs a certificate that meets one of these conditions.
     *
     * @param any the conditions
     */
    record Certificates(List<CertificateMatch> any) implements Credential {
        /** Copies the list. */
        public Certificates {
            any = List.copyOf(any);
        }

        public boolean fit(PeerCertificate shown) {
            return any.stream().anyMatch(one -> one.fits(shown));
        }
    }
}
