package io.junctor.client.internal;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Writes the log lines of a class by {@link System.Logger}. The logger is created for the first line: most programs log nothing, and
 * loading the logging library takes longer than a join. Immutable.
 */
public final class Log {
    private final String name;

    private Log(String name) {
        this.name = name;
    }

    /** Creates the log of a class. */
    public static Log of(Class<?> speaker) {
        return new Log(speaker.getName());
    }

    /** Logs a sentence with its values. */
    public void write(Level level, String format, @Nullable Object... values) {
        System.getLogger(name).log(level, format, values);
    }

    /** Logs a sentence and an exception. */
    public void write(Level level, String sentence, Throwable thrown) {
        System.getLogger(name).log(level, sentence, thrown);
    }
}
