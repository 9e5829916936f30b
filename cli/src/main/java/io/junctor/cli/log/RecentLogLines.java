package io.junctor.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Keeps the last log lines in memory, for operators who read them remotely. Thread-safe. */
final class RecentLogLines extends UnsynchronizedAppenderBase<ILoggingEvent> {
    /** The number of lines that are kept. */
    static final int MOST = 1_000;

    private static final int MOST_CHARACTERS = 2_000;

    /**
     * A log line.
     *
     * @param number the number of the line since the start of the process, from 1
     * @param level the level in lower case
     * @param logger the name of the logger without the package
     * @param text the text, with the message of an exception but without its stack trace
     */
    record Line(long number, Instant time, String level, String logger, String text) {}

    @GuardedBy("lines")
    private final Deque<Line> lines = new ArrayDeque<>();

    @GuardedBy("lines")
    private long count;

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        String text = thrown == null
                ? event.getFormattedMessage()
                : event.getFormattedMessage() + " (" + thrown.getClassName() + ": " + thrown.getMessage() + ")";
        String name = event.getLoggerName();
        synchronized (lines) {
            count++;
            lines.add(new Line(
                    count,
                    event.getInstant(),
                    event.getLevel().toString().toLowerCase(Locale.ROOT),
                    name.substring(name.lastIndexOf('.') + 1),
                    text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "..." : text));
            if (lines.size() > MOST) {
                lines.remove();
            }
        }
    }

    /** Returns the newest lines after the line with this number, at most {@code most}; the oldest of them first. */
    List<Line> after(long number, int most) {
        synchronized (lines) {
            List<Line> later =
                    lines.stream().filter(line -> line.number > number).toList();
            return later.subList(Math.max(0, later.size() - most), later.size());
        }
    }
}
