package io.junctor.router.audit;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes security events to the logger {@code junctor.audit}. Thread-safe; not for use in the turn, as it blocks. The lines have level
 * info: one line of JSON for each event, in printable ASCII only, so that nothing a client chose can begin another line or look like one.
 */
public final class AuditLog {
    /** The logger's name. */
    public static final String NAME = "junctor.audit";

    private static final Logger LOG = LoggerFactory.getLogger(NAME);
    /** The most characters of a value that are written. */
    private static final int LONGEST = 256;

    private static final AtomicReference<@Nullable String> FAULT = new AtomicReference<>();
    private static volatile boolean required;
    private static volatile boolean enabled;

    private AuditLog() {}

    /** The writer of the lines could not write one, for this reason. */
    public static void failed(String reason) {
        FAULT.set(reason);
    }

    /** Lines are written down again. */
    public static void written() {
        FAULT.set(null);
    }

    /** Why lines are not written down now, null where they are. */
    public static @Nullable String fault() {
        return FAULT.get();
    }

    /** Whether joins are refused while the audit log cannot be written. */
    public static void requireForJoins(boolean whether) {
        required = whether;
    }

    /** Whether joins are refused now, because the audit log cannot be written. */
    public static boolean refusesJoins() {
        return required && FAULT.get() != null;
    }

    /** Writes events from now on; before, none are written. Applies to the whole process. */
    public static void enable() {
        enabled = true;
    }

    /** Returns whether lines of the audit log are written. */
    public static boolean isOn() {
        return enabled && LOG.isInfoEnabled();
    }

    /** Writes an event; values are numbers or texts, and left out where they are null. */
    public static void write(String event, Map<String, ? extends @Nullable Object> values) {
        if (isOn()) {
            LOG.info("{}", line(event, values));
        }
    }

    static String line(String event, Map<String, ? extends @Nullable Object> values) {
        StringBuilder line = new StringBuilder("{\"event\":");
        appendText(line, event);
        values.forEach((key, value) -> {
            if (value != null) {
                line.append(',');
                appendText(line, key);
                line.append(':');
                append(line, value);
            }
        });
        return line.append('}').toString();
    }

    private static void append(StringBuilder line, Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
            line.append(value);
        } else {
            appendText(line, String.valueOf(value));
        }
    }

    private static void appendText(StringBuilder line, String text) {
        line.append('"');
        int length = Math.min(text.length(), LONGEST);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
                line.append(c);
            } else {
                line.append(String.format("\\u%04x", (int) c));
            }
        }
        line.append(length < text.length() ? "...\"" : "\"");
    }
}
