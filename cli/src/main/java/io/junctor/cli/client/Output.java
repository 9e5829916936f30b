package io.junctor.cli.client;

import io.junctor.cli.client.json.JsonText;
import io.junctor.cli.client.listing.Table;
import io.junctor.cli.client.process.CommandEnvironment;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Prints results, for people or as one JSON object a line. Thread-safe. */
record Output(CommandEnvironment environment, boolean isJson, boolean isQuiet) {
    /** Control characters, which a terminal obeys; line feed and tab are harmless. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

    /** Prints {@code object} as a line of JSON, or the text for people. */
    void print(Map<String, ? extends @Nullable Object> object, String text) {
        if (isJson) {
            environment.println(visible(JsonText.write(object)));
        } else if (!text.isEmpty()) {
            environment.println(visible(text));
        }
    }

    /** Prints rows as lines of JSON, or these columns of them as a table. */
    void printRows(List<? extends Map<String, ? extends @Nullable Object>> rows, List<String> columns) {
        if (isJson) {
            rows.forEach(row -> print(row, ""));
        } else if (!rows.isEmpty()) {
            Table table = new Table(columns, rows);
            environment.println(environment.heading(visible(table.heading())));
            table.lines().forEach(line -> environment.println(visible(line)));
        }
    }

    /** Says something about the command itself on standard error, if it is not quiet. */
    void note(String sentence) {
        if (!isQuiet) {
            environment.note(sentence);
        }
    }

    /** Whether the reader of standard output has closed it. */
    boolean isClosed() {
        return environment.isOutputClosed();
    }

    /**
     * Replaces control characters by their escapes, so that what others sent cannot command the terminal. In JSON they stand
     * in strings only, where the escape has the same meaning.
     */
    static String visible(String text) {
        return CONTROL.matcher(text)
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }
}
