package io.junctor.cli.client;

import io.junctor.cli.client.json.JsonText;
import io.junctor.cli.client.listing.TextTable;
import io.junctor.cli.client.process.CommandEnvironment;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Prints results, as text for people or as one JSON object per line. Thread-safe. */
record ResultPrinter(CommandEnvironment environment, boolean isJson, boolean isQuiet) {
    /** Control characters, which can command a terminal; line feed and tab are harmless. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

    /** Prints {@code object} as a line of JSON, or {@code text} for people. */
    void print(Map<String, ? extends @Nullable Object> object, String text) {
        if (isJson) {
            environment.println(visible(JsonText.write(object)));
        } else if (!text.isEmpty()) {
            environment.println(visible(text));
        }
    }

    /** Prints rows as lines of JSON, or the given columns of the rows as a table. */
    void printRows(List<? extends Map<String, ? extends @Nullable Object>> rows, List<String> columns) {
        if (isJson) {
            rows.forEach(row -> print(row, ""));
        } else if (!rows.isEmpty()) {
            TextTable table = new TextTable(columns, rows);
            environment.println(environment.heading(visible(table.heading())));
            table.lines().forEach(line -> environment.println(visible(line)));
        }
    }

    /** Prints a sentence about the command itself on standard error, except with {@code --quiet}. */
    void note(String sentence) {
        if (!isQuiet) {
            environment.note(sentence);
        }
    }

    /** Returns whether the reader of standard output has closed it. */
    boolean isClosed() {
        return environment.isOutputClosed();
    }

    /**
     * Replaces control characters by their escapes, so that received text cannot command the terminal. In JSON, control characters occur
     * only in strings, where the escape has the same meaning.
     */
    static String visible(String text) {
        return CONTROL.matcher(text)
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }
}
