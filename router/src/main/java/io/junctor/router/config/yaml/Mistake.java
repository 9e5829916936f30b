package io.junctor.router.config.yaml;

/**
 * Immutable. One thing that is wrong with a configuration file.
 *
 * <p>The text never holds what an environment variable stands for.
 *
 * @param file the file as the caller named it
 * @param line the line, counted from 1, or 0 where the whole file is meant
 * @param column the column, counted from 1, or 0 where the whole file is meant
 * @param text what is wrong, what was expected and, where there is one, the nearest known word
 */
public record Mistake(String file, int line, int column, String text) {

    /** The mistake as editors and terminals understand it: {@code file:line:column: text}. */
    @Override
    public String toString() {
        return line == 0 ? file + ": " + text : file + ":" + line + ":" + column + ": " + text;
    }
}
