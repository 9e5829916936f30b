package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Details of {@code RESULT} and options of {@code YIELD}, which have the same keys (section "Results and Errors").
 *
 * @param progress whether this is a progressive result, so that more results follow
 * @param passthru the options of payload passthru mode, or null
 * @param extra the entries with unknown keys
 */
public record ResultDetails(boolean progress, @Nullable PassthruOptions passthru, Dict extra) {
    /** A final result without other details. */
    public static final ResultDetails FINAL = new ResultDetails(false, null, Dict.EMPTY);

    private static final Set<String> KNOWN = Set.of(
            "progress",
            PassthruOptions.SCHEME,
            PassthruOptions.SERIALIZER,
            PassthruOptions.CIPHER,
            PassthruOptions.KEY_ID);

    /** Reads the dictionary. */
    public static ResultDetails of(Dict dict) {
        if (dict.isEmpty()) {
            return FINAL;
        }
        return new ResultDetails(dict.flag("progress", false), PassthruOptions.of(dict), dict.without(KNOWN));
    }

    /** These details without unknown keys. */
    public ResultDetails withoutExtra() {
        return extra.isEmpty() ? this : new ResultDetails(progress, passthru, Dict.EMPTY);
    }

    /** Returns the dictionary to send. */
    public Dict toDict() {
        if (this == FINAL) {
            return Dict.EMPTY;
        }
        Dict.Builder dict = extra.with().flag("progress", progress);
        PassthruOptions.put(dict, passthru);
        return dict.build();
    }
}
