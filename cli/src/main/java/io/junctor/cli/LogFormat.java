package io.junctor.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Called once by logback, on the thread that logs first. Logs a line per event to standard error; configured here
 * because looking for and reading an XML file would take a good part of the start.
 */
public final class LogFormat extends ContextAwareBase implements Configurator {
    private static final String LEVEL_PROPERTY = "junctor.log";
    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{0}: %replace(%msg){'[\\p{Cntrl}]', ' '}%n";

    /** Sets the level for a process that has not logged yet. */
    static void use(LogLevel level) {
        System.setProperty(LEVEL_PROPERTY, level.name());
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        LogLevel level = LogLevel.valueOf(System.getProperty(LEVEL_PROPERTY, LogLevel.INFO.name()));
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level.libraries());
        context.getLogger("io.junctor").setLevel(level.own());
        context.getLogger("junctor.audit").setLevel(level.own());
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(standardError(context));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
