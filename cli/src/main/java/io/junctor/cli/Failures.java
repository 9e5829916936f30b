package io.junctor.cli;

import io.junctor.server.yaml.ConfigResult;
import io.junctor.server.yaml.Diagnostic;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a person in a sentence what went wrong; gives the exit code for it. */
final class Failures {
    private static final String SPEAKER = "junctor: ";

    private Failures() {}

    /** The command was asked for something that does not exist. */
    static int onUsage(ParameterException failure, String[] arguments) {
        System.err.println(SPEAKER + failure.getMessage());
        CommandLine command = failure.getCommandLine();
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        System.err.println("'junctor help' lists commands and options.");
        return ExitCode.USAGE;
    }

    /** A fault of Junctor itself. */
    static int onUnexpected(Exception failure, CommandLine command, ParseResult result) {
        System.err.println(SPEAKER + "failed unexpectedly: " + failure
                + "; --log-level debug shows where, which helps in a report.");
        LoggerFactory.getLogger(Failures.class).debug("unexpected", failure);
        return ExitCode.SOFTWARE;
    }

    /** The configuration has errors. */
    static int onErrors(ConfigResult.Invalid invalid) {
        for (Diagnostic error : invalid.errors()) {
            System.err.println(error.line() == 0 ? SPEAKER + error : error.toString());
        }
        return ExitCode.SOFTWARE;
    }

    /** Prints the warnings about a configuration. */
    static void showWarnings(ConfigResult.Valid valid) {
        valid.warnings().stream().map(Diagnostic::asWarning).forEach(System.err::println);
    }

    /** Until the returned action runs, the process ends if any of its threads gets no memory or cannot start another one. */
    static Runnable endOnShortage() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (failure instanceof OutOfMemoryError shortage) {
                onShortage(shortage);
            }
            thread.getThreadGroup().uncaughtException(thread, failure);
        });
        return () -> Thread.setDefaultUncaughtExceptionHandler(null);
    }

    /** There is no memory, or no thread could be started. Ends the process without other threads. */
    static void onShortage(OutOfMemoryError shortage) {
        System.err.println(SPEAKER + "cannot start: " + shortage.getMessage()
                + " (the limits are -Xmx for memory, and ulimit -u for threads)");
        Runtime.getRuntime().halt(ExitCode.SOFTWARE);
    }

    /** What was asked for cannot be done here and now. */
    static int onRefusal(String sentence) {
        System.err.println(SPEAKER + sentence);
        return ExitCode.SOFTWARE;
    }
}
