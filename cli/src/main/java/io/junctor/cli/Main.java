package io.junctor.cli;

import picocli.CommandLine;

/** The program that bin/junctor starts. Runs on the main thread. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process: with 0 when it did what was asked, 1 when it could not, 2 when it was asked
     * for something that does not exist. If this thread gets no memory or cannot start another thread, the process ends at
     * once.
     */
    public static void main(String[] arguments) {
        try {
            System.exit(run(arguments));
        } catch (OutOfMemoryError failure) {
            Failures.onShortage(failure);
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
