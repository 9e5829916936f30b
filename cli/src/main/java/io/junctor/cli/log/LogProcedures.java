package io.junctor.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.junctor.router.Router;
import io.junctor.router.audit.AuditLog;
import io.junctor.wamp.value.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The procedures {@code junctor.log.list} and {@code junctor.log.level}, by which an operator reads the last log lines and changes the log
 * level. Thread-safe.
 */
public final class LogProcedures {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LogProcedures.class);
    private static final String OWN = "io.junctor";
    private static final int MOST_LINES = 500;
    private static final int MOST_SHOWN_CHARACTERS = 100;

    private final LoggerContext context;
    private final RecentLogLines recent;
    /** The levels at the start of the process, which the level {@code null} restores. */
    private final Map<String, Level> configured;

    private LogProcedures(LoggerContext context, RecentLogLines recent) {
        this.context = context;
        this.recent = recent;
        this.configured = Map.of(
                Logger.ROOT_LOGGER_NAME,
                context.getLogger(Logger.ROOT_LOGGER_NAME).getLevel(),
                OWN,
                context.getLogger(OWN).getEffectiveLevel());
    }

    /** Registers both procedures in all realms of {@code router}, for sessions whose role has a rule for {@code junctor.log.}. */
    public static void offer(Router router) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            LogProcedures procedures = new LogProcedures(context, LogbackConfigurator.recentLines(context));
            router.offer("junctor.log.list", procedures::list);
            router.offer("junctor.log.level", procedures::level);
        }
    }

    private Map<String, Object> list(Arguments arguments) {
        Object after = arguments.keywords().get("after");
        if (after != null && !(after instanceof Number)) {
            throw new IllegalArgumentException("the keyword argument after must be a number");
        }
        List<Map<String, Object>> lines =
                recent.after(after instanceof Number number ? number.longValue() : 0, MOST_LINES).stream()
                        .map(LogProcedures::row)
                        .toList();
        return Map.of("lines", lines, "levels", levels(), "loggers", loggers());
    }

    private static Map<String, Object> row(RecentLogLines.Line line) {
        return Map.of(
                "number", line.number(),
                "time", line.time().toString(),
                "level", line.level(),
                "logger", line.logger(),
                "text", line.text());
    }

    /** Returns the loggers whose level is set explicitly. */
    private Map<String, Object> levels() {
        Map<String, Object> levels = new LinkedHashMap<>();
        for (Logger logger : context.getLoggerList()) {
            if (logger.getLevel() != null && !isAudit(logger.getName())) {
                levels.put(logger.getName(), lower(logger.getLevel()));
            }
        }
        return levels;
    }

    private List<String> loggers() {
        return context.getLoggerList().stream()
                .map(Logger::getName)
                .filter(name -> !isAudit(name))
                .toList();
    }

    private Map<String, Object> level(Arguments arguments) {
        String name = text(arguments, "logger");
        String wanted = text(arguments, "level");
        Logger logger = name == null || isAudit(name) ? null : context.exists(name);
        if (logger == null) {
            throw new IllegalArgumentException(
                    "there is no logger " + shown(name) + "; junctor.log.list tells which there are, in loggers");
        }
        Level level = wanted == null ? configured.get(name) : parsed(wanted);
        boolean isOwn = logger.getName().equals(OWN) || logger.getName().startsWith(OWN + ".");
        if (!isOwn && wanted != null && level != null && level.toInt() < Level.INFO_INT) {
            throw new IllegalArgumentException(
                    "the logger of a library tells at most info: beyond that it may tell secrets");
        }
        logger.setLevel(level);
        LOG.info("the logger {} tells {} from now on", logger.getName(), lower(logger.getEffectiveLevel()));
        return Map.of("levels", levels());
    }

    private static Level parsed(String text) {
        return switch (text) {
            case "error", "warn", "info", "debug", "trace" -> Level.toLevel(text);
            default ->
                throw new IllegalArgumentException(
                        "the keyword argument level must be error, warn, info, debug or trace, not " + shown(text));
        };
    }

    private static @Nullable String text(Arguments arguments, String keyword) {
        Object value = arguments.keywords().get(keyword);
        if (value != null && !(value instanceof String)) {
            throw new IllegalArgumentException("the keyword argument " + keyword + " must be a string");
        }
        return (String) value;
    }

    private static String shown(@Nullable String text) {
        return text == null || text.length() <= MOST_SHOWN_CHARACTERS
                ? "'" + text + "'"
                : "'" + text.substring(0, MOST_SHOWN_CHARACTERS) + "...'";
    }

    /** Returns whether a logger belongs to the audit log, which these procedures neither show nor switch off. */
    private static boolean isAudit(String name) {
        return name.equals(AuditLog.NAME);
    }

    private static String lower(Level level) {
        return level.toString().toLowerCase(Locale.ROOT);
    }
}
