package io.junctor.server.yaml;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces {@code ${NAME}} and <code>${NAME:default}</code> in texts by environment variables. */
final class EnvironmentVariables {
    private static final Pattern REFERENCE = Pattern.compile(
            "(?<escaped>\\$\\$\\{)" + "|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::(?<default>[^}]*))?}|\\$\\{");

    private EnvironmentVariables() {}

    static boolean isUsedIn(String raw) {
        return raw.contains("${");
    }

    /** Returns the text with all references replaced, or null after an error. */
    static @Nullable String replace(String raw, YamlNode value) {
        int errors = value.document().errorCount();
        String text = REFERENCE.matcher(raw).replaceAll(found -> Matcher.quoteReplacement(replacement(found, value)));
        return value.document().errorCount() == errors ? text : null;
    }

    /** Returns what stands for a reference; reports an error if there is nothing. */
    private static String replacement(MatchResult reference, YamlNode value) {
        if (reference.group("escaped") != null) {
            return "${";
        }
        String name = reference.group("name");
        if (name == null) {
            value.error(value.label() + " has a malformed variable: write ${NAME} or ${NAME:default}, or $${ for the"
                    + " characters themselves");
            return "";
        }
        String text = value.document().environment().getOrDefault(name, "");
        String other = text.isEmpty() ? reference.group("default") : text;
        if (other == null && !value.document().environment().containsKey(name)) {
            value.error("environment variable " + name + " is not set and has no default: set it, or write ${" + name
                    + ":default}");
        }
        return other == null ? "" : other;
    }
}
