package io.junctor.cli;

import picocli.CommandLine;

/** Runs on the main thread. What bin/junctor starts. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process: with 0 when it did what was asked, 1 when it could not, 2 when it was asked
     * for something that does not exist.
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Junctor())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::onUsage)
                .setExecutionExceptionHandler(Failures::onUnexpected)
                .execute(arguments));
    }
}
