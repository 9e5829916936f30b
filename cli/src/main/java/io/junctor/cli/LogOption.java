package io.junctor.cli;

import io.junctor.router.config.LogStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of the log. */
final class LogOption {
    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            scope = ScopeType.INHERIT,
            description = "How much is logged to standard error: error, warn, info, debug or trace."
                    + " Default: JUNCTOR_LOG, or info; clients of a router log nothing then.")
    private @Nullable LogLevel level;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description = "How it is logged: text, or json for one JSON object a line."
                    + " Default: JUNCTOR_LOG_FORMAT, then the key log of the configuration, then text.")
    private @Nullable LogStyle style;

    LogLevel level() {
        return level == null ? LogLevel.INFO : level;
    }

    /** Whether option or environment set the level. */
    boolean isLevelSet() {
        return level != null;
    }

    /** Whether option or environment set the level or the style. */
    boolean isSet() {
        return level != null || style != null;
    }

    /** The style that option or environment set, or else that of the configuration. */
    LogStyle style(LogStyle configured) {
        return style == null ? configured : style;
    }
}
