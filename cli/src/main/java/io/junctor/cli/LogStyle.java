package io.junctor.cli;

/** The values of the option {@code --log-format}. */
enum LogStyle {
    /** Time, level, class and text. */
    TEXT,
    /** A JSON object. */
    JSON
}
