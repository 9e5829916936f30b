package io.junctor.client;

import io.junctor.wamp.auth.Cryptosign;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/** Tokens of the issuer {@code login} for {@code shop}, signed by Ed25519. */
final class Tokens {
    private Tokens() {}

    /** Returns a key set with the public key of this private key. */
    static String keySet(String privateKey) {
        return "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"1\",\"x\":\"%s\"}]}"
                .formatted(base64(Cryptosign.publicKey(HexFormat.of().parseHex(privateKey))));
    }

    /** A token of one user that is valid from now on for a given time. */
    static String token(String privateKey, String subject, long seconds) {
        String text = base64("{\"alg\":\"EdDSA\",\"kid\":\"1\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64("{\"iss\":\"login\",\"aud\":\"shop\",\"sub\":\"%s\",\"exp\":%d}"
                        .formatted(subject, Instant.now().getEpochSecond() + seconds)
                        .getBytes(StandardCharsets.UTF_8));
        byte[] key = HexFormat.of().parseHex(privateKey);
        return text + "." + base64(Cryptosign.signature(key, text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
