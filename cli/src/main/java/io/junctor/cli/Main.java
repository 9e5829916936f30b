package io.junctor.cli;

import picocli.CommandLine;

/** The entry point of {@code bin/junctor}. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process with its exit code: 0 for success, 1 for a failure, 2 for an unknown command or
     * option. If this thread gets no memory or cannot start another thread, the process ends at once.
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
                .setDefaultValueProvider(new EnvironmentDefaults(System.getenv()))
                .setParameterExceptionHandler(Failures::onUsage)
                .setExecutionExceptionHandler(Failures::onUnexpected)
                .execute(arguments);
    }
}
