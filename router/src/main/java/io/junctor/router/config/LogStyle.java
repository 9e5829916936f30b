package io.junctor.router.config;

/** The format in which {@code bin/junctor} writes log entries. It has no effect on a router that is embedded in another program. */
public enum LogStyle {
    /** Time, level, class and text. */
    TEXT,
    /** One JSON object a line. */
    JSON
}
