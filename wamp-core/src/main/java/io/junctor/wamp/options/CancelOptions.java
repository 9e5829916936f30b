package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import java.util.Set;

/**
 * Options of {@code CANCEL} (section "Call Canceling").
 *
 * @param mode how the router handles the call; {@code killnowait} by default
 * @param extra the entries with unknown keys
 */
public record CancelOptions(CancelMode mode, Dict extra) {
    /** No options. */
    public static final CancelOptions DEFAULT = new CancelOptions(CancelMode.KILL_NO_WAIT, Dict.EMPTY);

    private static final Set<String> KNOWN = Set.of("mode");

    /** Reads the options. */
    public static CancelOptions of(Dict dict) {
        if (dict.isEmpty()) {
            return DEFAULT;
        }
        return new CancelOptions(dict.choice("mode", CancelMode::ofWire, CancelMode.KILL_NO_WAIT), dict.without(KNOWN));
    }

    /** Returns this without unknown keys. */
    public CancelOptions withoutExtra() {
        return extra.isEmpty() ? this : new CancelOptions(mode, Dict.EMPTY);
    }

    /** Returns the dictionary to send; empty for {@link #DEFAULT}. */
    public Dict toDict() {
        return this == DEFAULT
                ? Dict.EMPTY
                : extra.with().put("mode", mode.wire()).build();
    }
}
