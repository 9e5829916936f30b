package io.junctor.server.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces {@code ${NAME}} and <code>${NAME:default}</code> in texts by environment variables. */
final class EnvironmentVariables {
    private static final Pattern REFERENCE = Pattern.compile("(?<escaped>\\$\\$\\{)"
            + "|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::(?<default>[^}]*))?}|(?<malformed>\\$\\{)");

    private EnvironmentVariables() {}

    static boolean isUsedIn(String raw) {
        return raw.contains("${");
    }

    /** Returns the text with all references replaced, or null after an error. */
    static @Nullable String replace(String raw, YamlNode value) {
        StringBuilder replaced = new StringBuilder();
        boolean complete = true;
        Matcher matcher = REFERENCE.matcher(raw);
        while (matcher.find()) {
            String text = replacement(matcher, value);
            complete &= text != null;
            matcher.appendReplacement(replaced, Matcher.quoteReplacement(text == null ? "" : text));
        }
        return complete ? matcher.appendTail(replaced).toString() : null;
    }

    private static @Nullable String replacement(Matcher matcher, YamlNode value) {
        if (matcher.group("escaped") != null) {
            return "${";
        }
        if (matcher.group("malformed") != null) {
            value.error(value.label() + " has a malformed variable: write ${NAME} or ${NAME:default}, or $${ for the"
                    + " characters themselves");
            return null;
        }
        String name = matcher.group("name");
        String text = value.document().environment().get(name);
        String other = matcher.group("default");
        if (other != null && (text == null || text.isEmpty())) {
            text = other;
        }
        if (text == null) {
            value.error("environment variable " + name + " is not set and has no default: set it, or write ${" + name
                    + ":default}");
        }
        return text;
    }
}
