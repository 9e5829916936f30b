package io.junctor.client.internal;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * What a class logs by {@link System.Logger}. The logger is looked up for the first line: most programs log none, and to load the
 * library behind it takes longer than to join. Immutable.
 */
public final class Log {
    private final String name;

    private Log(String name) {
        this.name = name;
    }

    /** The log of a class. */
    public static Log of(Class<?> speaker) {
        return new Log(speaker.getName());
    }

    /** Logs a sentence with its values. */
    public void write(Level level, String format, @Nullable Object... values) {
        System.getLogger(name).log(level, format, values);
    }

    /** Logs a sentence and what was thrown. */
    public void write(Level level, String sentence, Throwable thrown) {
        System.getLogger(name).log(level, sentence, thrown);
    }
}
