package io.junctor.cli.log;

import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.router.config.LogStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The options of the log, which all commands have. */
public final class LogOption {
    private final CommandLineArgument<@Nullable LogLevel> level = CommandLineArgument.of(
            inherited(
                    "--log-level",
                    "LEVEL",
                    LogLevel.class,
                    "How much is logged to standard error: error, warn, info, debug or trace."
                            + " Default: JUNCTOR_LOG, or info; clients of a router log nothing then."),
            null);

    private final CommandLineArgument<@Nullable LogStyle> style = CommandLineArgument.of(
            inherited(
                    "--log-format",
                    "FORMAT",
                    LogStyle.class,
                    "How it is logged: text, or json for one JSON object a line."
                            + " Default: JUNCTOR_LOG_FORMAT, then the key log of the configuration, then text."),
            null);

    private static OptionSpec inherited(String name, String label, Class<?> type, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(type)
                .description(description)
                .scopeType(ScopeType.INHERIT)
                .build();
    }

    public void addTo(CommandSyntax syntax) {
        syntax.add(level, style);
    }

    LogLevel level() {
        LogLevel given = level.value();
        return given == null ? LogLevel.INFO : given;
    }

    /** Returns whether an option or the environment sets the level. */
    public boolean isLevelSet() {
        return level.value() != null;
    }

    /** Returns whether an option or the environment sets the level or the style. */
    public boolean isSet() {
        return isLevelSet() || style.value() != null;
    }

    /** Returns the style that an option or the environment sets, otherwise that of the configuration. */
    LogStyle style(LogStyle configured) {
        LogStyle given = style.value();
        return given == null ? configured : given;
    }
}
