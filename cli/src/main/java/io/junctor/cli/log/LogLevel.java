package io.junctor.cli.log;

import ch.qos.logback.classic.Level;

/** The log levels of the option {@code --log-level}. */
enum LogLevel {
    ERROR(Level.ERROR, Level.ERROR),
    WARN(Level.WARN, Level.WARN),
    INFO(Level.INFO, Level.WARN),
    DEBUG(Level.DEBUG, Level.INFO),
    /** Logs everything of Junctor; libraries log as at the level {@code DEBUG}, because their details may contain secrets. */
    TRACE(Level.TRACE, Level.INFO);

    private final Level own;
    private final Level libraries;

    LogLevel(Level own, Level libraries) {
        this.own = own;
        this.libraries = libraries;
    }

    Level own() {
        return own;
    }

    /** Returns the level for libraries, which log less. */
    Level libraries() {
        return libraries;
    }
}
