package io.junctor.router.audit;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes security events to the logger {@code junctor.audit}: one line of JSON for each event, of level info. The lines contain printable
 * ASCII only, so text that a client chose can neither begin nor imitate another line. Thread-safe; not for use in the turn, because it
 * blocks.
 */
public final class AuditLog {
    /** The logger's name. */
    public static final String NAME = "junctor.audit";

    private static final Logger LOG = LoggerFactory.getLogger(NAME);
    /** The maximum number of characters that are written of a value. */
    private static final int LONGEST = 256;

    private static final AtomicReference<@Nullable String> FAULT = new AtomicReference<>();
    private static volatile boolean required;
    private static volatile boolean enabled;

    private AuditLog() {}

    /** Records that a line could not be written, for this reason. */
    public static void failed(String reason) {
        FAULT.set(reason);
    }

    /** Records that lines can be written again. */
    public static void written() {
        FAULT.set(null);
    }

    /** The reason why lines cannot be written at present; null if they can. */
    public static @Nullable String fault() {
        return FAULT.get();
    }

    /** Sets whether joins are refused while the audit log cannot be written. */
    public static void requireForJoins(boolean whether) {
        required = whether;
    }

    /** Whether joins are refused now, because the audit log cannot be written. */
    public static boolean refusesJoins() {
        return required && FAULT.get() != null;
    }

    /** Enables the audit log of the whole process; until this call no events are written. */
    public static void enable() {
        enabled = true;
    }

    /** Returns whether lines of the audit log are written. */
    public static boolean isOn() {
        return enabled && LOG.isInfoEnabled();
    }

    /** Writes an event. Values are numbers or texts; null values are omitted. */
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
