package io.junctor.server.gateway.hooks;

import io.junctor.router.config.http.HmacForm;
import io.junctor.router.config.http.SecretText;
import io.junctor.wamp.auth.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A secret as the key of an HMAC (RFC 2104). Immutable and thread-safe. */
public final class HmacKey {
    /** The algorithm and encoding of signatures in Standard Webhooks. */
    public static final HmacForm STANDARD =
            new HmacForm(SignatureFields.SIGNATURE, HmacForm.Algorithm.SHA256, HmacForm.Encoding.BASE64, "v1,");

    private static final String STANDARD_SECRET = "whsec_";

    private final byte[] key;

    private HmacKey(byte[] key) {
        this.key = key;
    }

    /** Returns a key that consists of the bytes of the text in UTF-8. */
    static HmacKey of(SecretText secret) {
        return new HmacKey(secret.text().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the key that is written in base64 after {@code whsec_}; for any other text, its bytes in UTF-8. */
    public static HmacKey ofStandardWebhooks(SecretText secret) {
        if (secret.text().startsWith(STANDARD_SECRET)) {
            try {
                return new HmacKey(Base64.getDecoder().decode(secret.text().substring(STANDARD_SECRET.length())));
            } catch (IllegalArgumentException notBase64) {
                return of(secret);
            }
        }
        return of(secret);
    }

    /** Returns the HMAC of {@code octets}. */
    public byte[] hmac(HmacForm.Algorithm algorithm, byte[] octets) {
        return Digests.hmac(algorithm.jdkName(), key, octets);
    }

    /** Returns whether a text is the secret itself, compared in constant time. */
    boolean isSecret(String text) {
        return MessageDigest.isEqual(Digests.sha256(key), Digests.sha256(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Returns whether a text is the expected HMAC in the given encoding. */
    static boolean matches(byte[] expected, String text, HmacForm.Encoding encoding) {
        try {
            byte[] octets = switch (encoding) {
                case HEX -> HexFormat.of().parseHex(text);
                case BASE64 -> Base64.getDecoder().decode(text);
            };
            return MessageDigest.isEqual(expected, octets);
        } catch (IllegalArgumentException otherForm) {
            return false;
        }
    }

    /** Returns the bytes that are signed: a text, then the body. */
    public static byte[] joined(String head, byte[] body) {
        byte[] first = head.getBytes(StandardCharsets.UTF_8);
        byte[] joined = Arrays.copyOf(first, first.length + body.length);
        System.arraycopy(body, 0, joined, first.length, body.length);
        return joined;
    }
}
