package io.junctor.cli;

import io.junctor.cli.client.process.CommandEnvironment;
import picocli.CommandLine;

/** The entry point of {@code bin/junctor}. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process with its exit code: 0 for success, 1 for a failure, 2 for an unknown command or
     * option, and for client commands as {@link io.junctor.cli.client.process.ExitStatus} says. If this thread gets no memory
     * or cannot start another thread, the process ends at once.
     */
    public static void main(String[] arguments) {
        try {
            CommandLine commands = Commands.of(CommandEnvironment.ofProcess(), arguments);
            int status = run(commands, arguments);
            if (status != 0 || !CommandLog.isOfClient(commands.getParseResult())) {
                System.exit(status);
            }
            // Else the process ends with 0 when this method returns and Jetty's client has stopped.
            // System.exit would not wait for that, and the JVM then waits up to 0.3 s for threads in system calls.
        } catch (OutOfMemoryError failure) {
            Failures.onShortage(failure);
        }
    }

    /** Runs the command that the arguments name, and returns its exit code. */
    static int run(CommandLine commands, String... arguments) {
        commands.setExecutionStrategy(parsed -> {
            CommandLog.begin(parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        int status = commands.execute(arguments);
        CommandLog.end(commands.getCommand());
        return status;
    }
}
