package io.junctor.router.authentication;

import io.junctor.wamp.auth.Base64Text;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The salt and the keys of a SCRAM password as texts: in base64, or in hexadecimal digits as Autobahn and Crossbar.io
 * write them. Immutable. {@code toString} shows no secrets.
 *
 * @param salt the salt
 * @param storedKey StoredKey, 32 bytes
 * @param serverKey ServerKey, 32 bytes
 */
public record ScramKeys(String salt, String storedKey, String serverKey) {
    private static final int KEY_BYTES = 32;
    private static final Pattern HEX_KEY = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern HEX_SALT = Pattern.compile("(?:[0-9A-Fa-f]{2})+");

    /** Returns these keys and the salt in base64, or null if the texts have neither form. The salt has the same form as the keys. */
    @Nullable
    ScramKeys inBase64() {
        boolean isHex = HEX_KEY.matcher(storedKey).matches()
                && HEX_KEY.matcher(serverKey).matches()
                && HEX_SALT.matcher(salt).matches();
        if (isHex) {
            return new ScramKeys(base64(salt), base64(storedKey), base64(serverKey));
        }
        return length(salt) > 0 && length(storedKey) == KEY_BYTES && length(serverKey) == KEY_BYTES ? this : null;
    }

    private static String base64(String hex) {
        return Base64Text.of(HexFormat.of().parseHex(hex));
    }

    private static int length(String base64) {
        byte[] bytes = Base64Text.decode(base64);
        return bytes == null ? 0 : bytes.length;
    }

    @Override
    public String toString() {
        return "ScramKeys[]";
    }
}
