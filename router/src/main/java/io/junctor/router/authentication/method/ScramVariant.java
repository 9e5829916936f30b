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

/** The forms that SCRAM has in WAMP, in what they differ. */
public enum ScramVariant {
    /** As specified. */
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
     * As in Autobahn: its client takes no key in the challenge that it does not know, no null and only Argon2, and
     * sends nothing but the proof. What it proves has the nonce in it.
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

    /** Where WELCOME tells the router's proof. */
    String verifier() {
        return verifier;
    }

    /** Whether clients have this function, with costs as they need them. */
    public boolean has(Kdf kdf) {
        return kdfs.contains(kdf.name()) && kdf.name().equals("pbkdf2") == (kdf.memoryKib() == null);
    }

    /** The client's nonce, which is base64, with the router's behind it. */
    abstract String nonce(String client, byte[] more);

    /** The extra of CHALLENGE. */
    abstract Dict challenge(String nonce, ScramSecret secret);

    /** Whether AUTHENTICATE says again what it has to. */
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
