package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Options of {@code YIELD} (section "Results and Errors").
 *
 * @param progress whether more yields follow
 * @param passthru payload passthru mode, or null
 * @param extra unknown keys
 */
public record YieldOptions(boolean progress, @Nullable Passthru passthru, Dict extra) {
    /** A final result, with nothing to say. */
    public static final YieldOptions FINAL = new YieldOptions(false, null, Dict.EMPTY);

    private static final Set<String> KNOWN =
            Set.of("progress", Passthru.SCHEME, Passthru.SERIALIZER, Passthru.CIPHER, Passthru.KEY_ID);

    /** Reads the dictionary. */
    public static YieldOptions of(Dict dict) {
        if (dict.isEmpty()) {
            return FINAL;
        }
        return new YieldOptions(dict.flag("progress", false), Passthru.of(dict), dict.without(KNOWN));
    }

    /** These without unknown keys, which a router has no use for. */
    public YieldOptions withoutExtra() {
        return extra.isEmpty() ? this : new YieldOptions(progress, passthru, Dict.EMPTY);
    }

    /** The dictionary to send. */
    public Dict toDict() {
        if (this == FINAL) {
            return Dict.EMPTY;
        }
        Dict.Builder dict = extra.with().flag("progress", progress);
        Passthru.put(dict, passthru);
        return dict.build();
    }
}
