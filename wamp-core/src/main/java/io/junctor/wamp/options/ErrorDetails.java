package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Details of {@code ERROR} (section "Results and Errors").
 *
 * @param passthru the options of payload passthru mode, or null
 * @param extra the entries with unknown keys
 */
public record ErrorDetails(@Nullable PassthruOptions passthru, Dict extra) {
    /** No details. */
    public static final ErrorDetails NONE = new ErrorDetails(null, Dict.EMPTY);

    private static final Set<String> KNOWN =
            Set.of(PassthruOptions.SCHEME, PassthruOptions.SERIALIZER, PassthruOptions.CIPHER, PassthruOptions.KEY_ID);

    /** Reads the details. */
    public static ErrorDetails of(Dict dict) {
        return dict.isEmpty() ? NONE : new ErrorDetails(PassthruOptions.of(dict), dict.without(KNOWN));
    }

    /** Returns this without unknown keys. */
    public ErrorDetails withoutExtra() {
        return extra.isEmpty() ? this : new ErrorDetails(passthru, Dict.EMPTY);
    }

    /** Returns the dictionary to send. */
    public Dict toDict() {
        if (this == NONE) {
            return Dict.EMPTY;
        }
        Dict.Builder dict = extra.with();
        PassthruOptions.put(dict, passthru);
        return dict.build();
    }
}
