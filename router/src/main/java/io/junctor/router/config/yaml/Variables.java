package io.junctor.router.config.yaml;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts environment variables where a text says {@code ${NAME}} or <code>${NAME:default}</code>. */
final class Variables {
    /** An escaped beginning, a whole reference, or a beginning that leads nowhere. */
    private static final Pattern REFERENCE = Pattern.compile(
            "\\$\\$\\{|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::(?<default>[^}]*))?}|(?<broken>\\$\\{)");

    private Variables() {}

    /** Whether {@code raw} refers to a variable or tries to. */
    static boolean isReferredToBy(String raw) {
        return raw.contains("${");
    }

    /** The text with every reference replaced, or null where one cannot be, which {@code value} is told. */
    static @Nullable String expand(String raw, Map<String, String> environment, Value value) {
        StringBuilder expanded = new StringBuilder();
        boolean complete = true;
        Matcher matcher = REFERENCE.matcher(raw);
        while (matcher.find()) {
            String text = replacement(matcher, environment, value);
            complete &= text != null;
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(text == null ? "" : text));
        }
        matcher.appendTail(expanded);
        return complete ? expanded.toString() : null;
    }

    private static @Nullable String replacement(Matcher matcher, Map<String, String> environment, Value value) {
        if (matcher.group("broken") != null) {
            value.reject(value.label() + " has a broken variable: write ${NAME} or ${NAME:default}, or $${ for the"
                    + " characters themselves");
            return null;
        }
        String name = matcher.group("name");
        if (name == null) {
            return "${";
        }
        String set = environment.get(name);
        if (set != null) {
            return set;
        }
        String fallback = matcher.group("default");
        if (fallback == null) {
            value.reject("environment variable " + name + " is not set and has no default: set it, or write ${" + name
                    + ":default}");
        }
        return fallback;
    }
}
