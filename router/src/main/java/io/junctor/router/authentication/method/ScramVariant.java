package io.junctor.router.authentication.method;

import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential.Kdf;
import io.junctor.router.spi.Credential.ScramSecret;
import io.junctor.wamp.auth.Base64Text;
import io.junctor.wamp.auth.ScramHeader;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.value.Dict;
import java.nio.ByteBuffer;
import java.util.Set;

/** The variants of SCRAM in WAMP, each with the details in which it differs from the other. */
public enum ScramVariant {
    /** SCRAM as the WAMP specification defines it. */
    WAMP(AuthMethod.SCRAM, ScramHeader.UNBOUND, "verifier", Set.of("pbkdf2", "argon2id13")) {
        @Override
        String nonce(String client, byte[] more) {
            return client + Base64Text.of(more);
        }

        @Override
        Dict challenge(String nonce, ScramSecret secret) {
            Dict extra = costs(nonce, secret);
            Integer memoryKib = secret.kdf().memoryKib();
            return memoryKib == null
                    ? extra.with().putNull("memory").build()
                    : extra.with().put("memory", (long) memoryKib).build();
        }

        @Override
        boolean repeats(Authenticate answer, String nonce) {
            return nonce.equals(answer.extra().text("nonce"));
        }
    },

    /**
     * SCRAM as Autobahn implements it. Its client accepts no unknown keys and no null in the challenge, supports Argon2 only, and sends
     * only the proof in AUTHENTICATE. The nonce is part of the signed text.
     */
    AUTOBAHN(AuthMethod.AUTOBAHN_SCRAM, ScramHeader.AUTOBAHN, "scram_server_signature", Set.of("argon2id-13")) {
        @Override
        String nonce(String client, byte[] more) {
            byte[] bytes = Base64Text.decode(client);
            int length = bytes == null ? 0 : bytes.length;
            ByteBuffer both = ByteBuffer.allocate(length + more.length);
            return Base64Text.of(
                    (bytes == null ? both : both.put(bytes)).put(more).array());
        }

        @Override
        Dict challenge(String nonce, ScramSecret secret) {
            Integer memoryKib = secret.kdf().memoryKib();
            return costs(nonce, secret)
                    .with()
                    .put("memory", memoryKib == null ? null : (long) memoryKib)
                    .build();
        }

        @Override
        boolean repeats(Authenticate answer, String nonce) {
            String repeated = answer.extra().text("nonce");
            return repeated == null || repeated.equals(nonce);
        }
    };

    private final AuthMethod method;
    private final ScramHeader form;
    private final String verifier;
    private final Set<String> kdfs;

    ScramVariant(AuthMethod method, ScramHeader form, String verifier, Set<String> kdfs) {
        this.method = method;
        this.form = form;
        this.verifier = verifier;
        this.kdfs = kdfs;
    }

    AuthMethod method() {
        return method;
    }

    ScramHeader form() {
        return form;
    }

    /** The key of WELCOME that contains the router's proof. */
    String verifier() {
        return verifier;
    }

    /** Whether clients support this key derivation function with these costs. */
    public boolean has(Kdf kdf) {
        return kdfs.contains(kdf.name()) && kdf.name().equals("pbkdf2") == (kdf.memoryKib() == null);
    }

    /** Appends the bytes of the router's nonce to the client's nonce, which is base64. */
    abstract String nonce(String client, byte[] more);

    /** The extra of CHALLENGE. */
    abstract Dict challenge(String nonce, ScramSecret secret);

    /** Whether AUTHENTICATE repeats the nonce, as far as the variant requires this. */
    abstract boolean repeats(Authenticate answer, String nonce);

    private static Dict costs(String nonce, ScramSecret secret) {
        return new Dict.Builder()
                .put("nonce", nonce)
                .put("salt", secret.salt())
                .put("kdf", secret.kdf().name())
                .put("iterations", (long) secret.kdf().iterations())
                .build();
    }
}
