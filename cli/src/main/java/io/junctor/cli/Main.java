package io.junctor.cli;

import io.junctor.cli.client.process.CommandEnvironment;
import java.time.Duration;
import picocli.CommandLine;

/** The entry point of {@code bin/junctor}. */
public final class Main {
    private static final String JETTY_THREADS = "junctor-client";
    private static final Duration LONGEST_WAIT = Duration.ofMillis(300);

    private Main() {}

    /**
     * Runs one command and ends the process with its exit code: 0 for success, 1 for a failure, 2 for an unknown command or
     * option; client commands use the codes of {@link io.junctor.cli.client.process.ExitStatus}. If this thread runs out of memory
     * or cannot start another thread, the process ends at once.
     */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            CommandLine commands = Commands.of(CommandEnvironment.ofProcess(), arguments);
            int status = run(commands, arguments);
            if (CommandLog.isOfClient(commands.getParseResult())) {
                endClient(status);
            } else {
                System.exit(status);
            }
        } catch (OutOfMemoryError failure) {
            FailurePrinter.onShortage(failure);
        }
    }

    /**
     * Waits until the threads of Jetty's client have ended: otherwise the JVM waits up to 0.3 s for threads in system calls.
     * After a success it does not call {@link System#exit}, which would load a logging library.
     */
    private static void endClient(int status) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + LONGEST_WAIT.toNanos();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(JETTY_THREADS)) {
                thread.join(Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime())));
            }
        }
        if (status != 0) {
            System.exit(status);
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
