package io.junctor.cli;

import io.junctor.cli.client.ClientCommands;
import io.junctor.cli.log.LogbackConfigurator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * The log of the command that this process runs. Client commands report their failures themselves: they write log lines only on request,
 * and otherwise load no library for logging. Used by the main thread.
 */
final class CommandLog {
    private CommandLog() {}

    /** Sets up the log before the command runs, and before the first log line. */
    static void begin(ParseResult parsed) {
        if (parsed.commandSpec().userObject() instanceof RootCommand junctor) {
            if (isOfClient(parsed) && !junctor.log().isLevelSet()) {
                beQuiet();
            }
            if (junctor.log().isSet()) {
                LogbackConfigurator.use(junctor.log());
            }
        }
    }

    /** Returns whether the parsed command is a client of a router. */
    static boolean isOfClient(@Nullable ParseResult parsed) {
        return parsed != null
                && parsed.hasSubcommand()
                && ClientCommands.NAMES.contains(
                        parsed.subcommand().commandSpec().name());
    }

    /** Turns logging off in this process. */
    private static void beQuiet() {
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        // Otherwise SLF4J prints on standard error which provider it uses.
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    /** Waits after the command until all log lines are written. */
    static void end(RootCommand junctor) {
        if (junctor.log().isLevelSet()) {
            LogbackConfigurator.flush();
        }
    }
}
