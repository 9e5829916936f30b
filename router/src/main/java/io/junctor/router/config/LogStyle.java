package io.junctor.router.config;

/** How {@code bin/junctor} writes log entries. A router inside another program leaves this to that program. */
public enum LogStyle {
    /** Time, level, class and text. */
    TEXT,
    /** One JSON object a line. */
    JSON
}
