package io.junctor.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.junctor.router.audit.AuditLog;
import io.junctor.router.config.LogStyle;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Configures logback: one line for each log event on standard error, written by a separate thread ({@link LogQueue}).
 * Configured in Java because finding and reading an XML file would delay the start. Logback calls this class once, on the thread
 * that logs first.
 */
public final class LogbackConfigurator extends ContextAwareBase implements Configurator {
    private static final String RECENT = "recent";
    private static final String LEVEL_PROPERTY = "junctor.log";
    private static final String AUDIT_PROPERTY = "junctor.audit";
    private static final String STYLE_PROPERTY = "junctor.log.format";
    private static final String PATTERN =
            "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\"} %-5level %logger{0}: %replace(%msg){'[\\p{Cntrl}]', ' '}%n";

    /** Sets level and format of the log. Must be called before the first log line. */
    public static void use(LogOption log) {
        System.setProperty(LEVEL_PROPERTY, log.level().name());
        System.setProperty(STYLE_PROPERTY, log.style(LogStyle.TEXT).name());
    }

    /** Writes later log lines in the style of the configuration file, unless an option or the environment sets another style. */
    public static void use(LogOption log, LogStyle configured) {
        System.setProperty(STYLE_PROPERTY, log.style(configured).name());
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            Encoder<ILoggingEvent> encoder = encoder(context);
            queues().forEach(queue -> queue.encodeBy(encoder));
        }
    }

    /** Returns the style of lines on standard error, for the log and for commands that fail. */
    public static LogStyle style() {
        return LogStyle.valueOf(System.getProperty(STYLE_PROPERTY, LogStyle.TEXT.name()));
    }

    /** Sets the file of the audit log; an empty name means no audit log. Returns why the file cannot be used, or null. */
    public static @Nullable String auditTo(String file) {
        System.setProperty(AUDIT_PROPERTY, file);
        if (file.isEmpty()) {
            return null;
        }
        AuditLog.enable();
        try {
            Files.newOutputStream(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            return null;
        } catch (IOException | InvalidPathException problem) {
            return "Cannot write the audit log: " + problem;
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        LogLevel level = LogLevel.valueOf(System.getProperty(LEVEL_PROPERTY, LogLevel.INFO.name()));
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level.libraries());
        context.getLogger("io.junctor").setLevel(level.own());
        context.getLogger(Logger.ROOT_LOGGER_NAME)
                .addAppender(queued(context, standardError(context), Counter.LOG_LINES_DROPPED));
        recentLines(context);
        audit(context, System.getProperty(AUDIT_PROPERTY, ""));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Returns the last lines of the log, which are kept from the first call of this method on. */
    static RecentLogLines recentLines(LoggerContext context) {
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        if (root.getAppender(RECENT) instanceof RecentLogLines known) {
            return known;
        }
        RecentLogLines lines = new RecentLogLines();
        lines.setName(RECENT);
        lines.setContext(context);
        lines.start();
        root.addAppender(lines);
        return lines;
    }

    private static void audit(LoggerContext context, String file) {
        Logger audit = context.getLogger(AuditLog.NAME);
        audit.setLevel(file.isEmpty() ? Level.OFF : Level.INFO);
        audit.setAdditive(false);
        if (!file.isEmpty()) {
            AuditFile appender =
                    new AuditFile(new AuditPath(Path.of(file)), json(context, JsonLogEncoder.Content.AUDIT));
            appender.setContext(context);
            appender.start();
            audit.addAppender(queued(context, appender, Counter.AUDIT_LINES_DROPPED));
        }
    }

    /** Counts dropped log lines and failed writes of the audit log in {@code counters}. */
    public static void countIn(Counters counters) {
        queues().forEach(queue -> queue.countIn(counters));
    }

    /** Waits at most a second for each log until its lines are written. Called at the end of the process. */
    public static void flush() {
        queues().forEach(LogQueue::flush);
    }

    private static List<LogQueue> queues() {
        List<LogQueue> queues = new ArrayList<>();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            for (String name : List.of(Logger.ROOT_LOGGER_NAME, AuditLog.NAME)) {
                context.getLogger(name).iteratorForAppenders().forEachRemaining(appender -> {
                    if (appender instanceof LogQueue queue) {
                        queues.add(queue);
                    }
                });
            }
        }
        return queues;
    }

    private static LogQueue queued(LoggerContext context, Appender<ILoggingEvent> target, Counter dropped) {
        LogQueue queue = new LogQueue(target, dropped);
        queue.setContext(context);
        queue.start();
        return queue;
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context) {
        return switch (style()) {
            case TEXT -> text(context);
            case JSON -> json(context, JsonLogEncoder.Content.LOG);
        };
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context, JsonLogEncoder.Content content) {
        JsonLogEncoder encoder = new JsonLogEncoder(content);
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext context) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context));
        appender.start();
        return appender;
    }
}
