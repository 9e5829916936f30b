package io.junctor.server.yaml;

/**
 * An error or a warning about a place in a configuration file. The text never contains the value of an environment
 * variable.
 *
 * @param file the file as the caller named it
 * @param line the line, counted from 1, or 0 for the whole file
 * @param column the column, counted from 1, or 0 for the whole file
 * @param text what is wrong, what was expected and, if there is one, the nearest known word
 */
public record Diagnostic(String file, int line, int column, String text) {

    /** Returns {@code file:line:column: text}, a form that editors and terminals understand. */
    @Override
    public String toString() {
        return line == 0 ? file + ": " + text : file + ":" + line + ":" + column + ": " + text;
    }

    /** Returns {@code file:line:column: warning: text}. */
    public String asWarning() {
        return new Diagnostic(file, line, column, "warning: " + text).toString();
    }
}
