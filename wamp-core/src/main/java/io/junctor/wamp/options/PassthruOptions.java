package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import org.jspecify.annotations.Nullable;

/**
 * The four options of payload passthru mode (section "Payload Passthru Mode").
 *
 * @param scheme {@code ppt_scheme}, not empty
 * @param serializer {@code ppt_serializer}, or null
 * @param cipher {@code ppt_cipher}, or null
 * @param keyId {@code ppt_keyid}, or null
 */
public record PassthruOptions(
        String scheme,
        @Nullable String serializer,
        @Nullable String cipher,
        @Nullable String keyId) {
    static final String SCHEME = "ppt_scheme";
    static final String SERIALIZER = "ppt_serializer";
    static final String CIPHER = "ppt_cipher";
    static final String KEY_ID = "ppt_keyid";

    /** Reads the options; returns null unless {@code ppt_scheme} is a non-empty string. */
    static @Nullable PassthruOptions of(Dict dict) {
        String scheme = dict.text(SCHEME);
        String serializer = dict.text(SERIALIZER);
        String cipher = dict.text(CIPHER);
        String keyId = dict.text(KEY_ID);
        return scheme == null || scheme.isEmpty() ? null : new PassthruOptions(scheme, serializer, cipher, keyId);
    }

    static void put(Dict.Builder dict, @Nullable PassthruOptions passthru) {
        if (passthru != null) {
            dict.put(SCHEME, passthru.scheme)
                    .put(SERIALIZER, passthru.serializer)
                    .put(CIPHER, passthru.cipher)
                    .put(KEY_ID, passthru.keyId);
        }
    }
}
