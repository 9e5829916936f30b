package io.junctor.cli;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** The program that bin/junctor starts. Runs on the main thread. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process: with 0 when it did what was asked, 1 when it could not, 2 when it was asked
     * for something that does not exist. Where this thread gets no
     * memory or cannot start another thread, the process ends at once. It does not notice where other threads fail so.
     */
    public static void main(String[] arguments) {
        try {
            System.exit(run(arguments));
        } catch (OutOfMemoryError failure) {
            System.err.println("junctor: cannot start: " + failure.getMessage()
                    + " (the limits are -Xmx for memory, and ulimit -u for threads)");
            Runtime.getRuntime().halt(ExitCode.SOFTWARE);
        }
    }

    private static int run(String[] arguments) {
        return new CommandLine(new Junctor())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::onUsage)
                .setExecutionExceptionHandler(Failures::onUnexpected)
                .execute(arguments);
    }
}
