package io.junctor.cli;

import io.junctor.cli.client.ClientCommands;
import io.junctor.cli.log.LogFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * The log of the command of this process. Client commands say themselves what failed: they log only if they are asked to, and otherwise
 * load no library for it. Used by the main thread.
 */
final class CommandLog {
    private CommandLog() {}

    /** Chooses the log before the command runs, and before anything is logged. */
    static void begin(ParseResult parsed) {
        if (parsed.commandSpec().userObject() instanceof Junctor junctor) {
            if (isOfClient(parsed) && !junctor.log().isLevelSet()) {
                beQuiet();
            }
            if (junctor.log().isSet()) {
                LogFormat.use(junctor.log());
            }
        }
    }

    /** Whether a command that is a client of a router was parsed. */
    static boolean isOfClient(@Nullable ParseResult parsed) {
        return parsed != null
                && parsed.hasSubcommand()
                && ClientCommands.NAMES.contains(
                        parsed.subcommand().commandSpec().name());
    }

    /** Nothing is logged in this process. */
    private static void beQuiet() {
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        // Otherwise SLF4J says on standard error which provider it takes.
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    /** Waits until what was logged is written, after the command. */
    static void end(Junctor junctor) {
        if (junctor.log().isLevelSet()) {
            LogFormat.flush();
        }
    }
}
