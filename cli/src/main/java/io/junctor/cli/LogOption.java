package io.junctor.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of the log. */
final class LogOption {
    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:JUNCTOR_LOG:-info}",
            description = "How much is logged to standard error: error, warn, info, debug or trace."
                    + " Default: JUNCTOR_LOG, or info.")
    private LogLevel level = LogLevel.INFO;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:JUNCTOR_LOG_FORMAT:-text}",
            description = "How it is logged: text, or json for one JSON object a line."
                    + " Default: JUNCTOR_LOG_FORMAT, or text.")
    private LogStyle style = LogStyle.TEXT;

    LogLevel level() {
        return level;
    }

    LogStyle style() {
        return style;
    }
}
