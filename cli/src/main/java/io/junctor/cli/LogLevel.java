package io.junctor.cli;

import ch.qos.logback.classic.Level;

/** The log levels of the option {@code --log-level}. */
enum LogLevel {
    ERROR(Level.ERROR, Level.ERROR),
    WARN(Level.WARN, Level.WARN),
    INFO(Level.INFO, Level.WARN),
    DEBUG(Level.DEBUG, Level.INFO),
    TRACE(Level.TRACE, Level.DEBUG);

    private final Level own;
    private final Level libraries;

    LogLevel(Level own, Level libraries) {
        this.own = own;
        this.libraries = libraries;
    }

    Level own() {
        return own;
    }

    /** Returns the level of libraries, which log one level less. */
    Level libraries() {
        return libraries;
    }
}
