package io.junctor.cli;

import io.junctor.cli.client.process.CommandEnvironment;
import java.util.Arrays;
import java.util.Objects;
import picocli.CommandLine;

/** The entry point of {@code bin/junctor}. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process with its exit code: 0 for success, 1 for a failure, 2 for an unknown command or
     * option, and for client commands as {@link io.junctor.cli.client.process.ExitStatus} says. If this thread gets no memory
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
            Failures.onShortage(failure);
        }
    }

    /**
     * Ends the process when Jetty's client has stopped: otherwise the JVM waits up to 0.3 s for threads in system calls. Success
     * needs no {@link System#exit}, because the JVM ends by itself after this thread and those that are no daemons.
     */
    private static void endClient(int status) throws InterruptedException {
        if (status == 0) {
            return;
        }
        Thread[] running = new Thread[Thread.activeCount() + 1];
        Thread.enumerate(running);
        for (Thread thread : Arrays.stream(running).filter(Objects::nonNull).toList()) {
            if (!thread.isDaemon() && thread != Thread.currentThread()) {
                thread.join();
            }
        }
        System.exit(status);
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
