package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Details of {@code ABORT} and {@code GOODBYE} (section "Session Lifecycle").
 *
 * @param message a text for a person, or null
 * @param extra the entries with unknown keys
 */
public record CloseDetails(@Nullable String message, Dict extra) {
    /** No details. */
    public static final CloseDetails NONE = new CloseDetails(null, Dict.EMPTY);

    private static final Set<String> KNOWN = Set.of("message");

    /** Creates details with a text for a person. */
    public static CloseDetails message(String message) {
        return new CloseDetails(message, Dict.EMPTY);
    }

    /** Reads the details. A message that is not a string is ignored, because the session ends in any case. */
    public static CloseDetails of(Dict dict) {
        if (dict.isEmpty()) {
            return NONE;
        }
        String message = dict.entries().get("message") instanceof String text ? text : null;
        return new CloseDetails(message, dict.without(KNOWN));
    }

    /** Returns the dictionary to send. */
    public Dict toDict() {
        return message == null && extra.isEmpty()
                ? Dict.EMPTY
                : extra.with().put("message", message).build();
    }
}
