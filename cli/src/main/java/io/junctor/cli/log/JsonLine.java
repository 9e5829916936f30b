package io.junctor.cli.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Builds one line with a JSON object, in printable ASCII only. Confined to one thread. */
public final class JsonLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final StringBuilder line = new StringBuilder(256).append('{');

    /** Begins an object with the member {@code time}, in UTC. */
    public static JsonLine at(long epochMillis) {
        return new JsonLine().put("time", TIME.format(Instant.ofEpochMilli(epochMillis)));
    }

    /** Adds a member; numbers and booleans keep their type, null is left out. */
    public JsonLine put(String key, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        comma();
        appendText(key);
        line.append(':');
        if (value instanceof Number || value instanceof Boolean) {
            line.append(value);
        } else {
            appendText(value.toString());
        }
        return this;
    }

    /** Adds the members of a JSON object that {@code object} contains as text. */
    JsonLine putMembersOf(String object) {
        comma();
        line.append(object, 1, object.length() - 1);
        return this;
    }

    /** Returns the object and a line feed. */
    public String end() {
        return line.append("}\n").toString();
    }

    private void comma() {
        if (line.length() > 1) {
            line.append(',');
        }
    }

    private void appendText(String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
                line.append(c);
            } else {
                line.append(String.format("\\u%04x", (int) c));
            }
        }
        line.append('"');
    }
}
