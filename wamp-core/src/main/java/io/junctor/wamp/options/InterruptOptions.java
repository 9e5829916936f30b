package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@code INTERRUPT} (section "Call Canceling").
 *
 * @param mode {@code kill} if the caller waits for an answer, {@code killnowait} if it does not, or null if absent
 * @param reason the reason, or null
 * @param extra the entries with unknown keys
 */
public record InterruptOptions(
        @Nullable CancelMode mode, @Nullable Uri reason, Dict extra) {
    /** No options. */
    public static final InterruptOptions NONE = new InterruptOptions(null, null, Dict.EMPTY);
    /** The options of an interrupt after which the caller does not wait for an answer. */
    public static final InterruptOptions KILL_NO_WAIT = new InterruptOptions(CancelMode.KILL_NO_WAIT, null, Dict.EMPTY);

    private static final Set<String> KNOWN = Set.of("mode", "reason");

    /** Reads the options. */
    public static InterruptOptions of(Dict dict) {
        if (dict.isEmpty()) {
            return NONE;
        }
        CancelMode mode =
                dict.text("mode") == null ? null : dict.choice("mode", CancelMode::ofWire, CancelMode.KILL_NO_WAIT);
        String reason = dict.text("reason");
        return new InterruptOptions(mode, reason == null ? null : new Uri(reason), dict.without(KNOWN));
    }

    /** Returns the dictionary to send. */
    public Dict toDict() {
        if (this == NONE) {
            return Dict.EMPTY;
        }
        return extra.with()
                .put("mode", mode == null ? null : mode.wire())
                .put("reason", reason == null ? null : reason.text())
                .build();
    }
}
