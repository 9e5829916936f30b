package io.junctor.cli;

import ch.qos.logback.classic.Level;

/** Immutable. How much is logged. */
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

    /** Libraries talk more than their news is worth, so they are kept one level quieter. */
    Level libraries() {
        return libraries;
    }
}
