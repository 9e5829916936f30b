package io.junctor.cli;

import io.junctor.cli.client.process.CommandException;
import io.junctor.cli.log.JsonLine;
import io.junctor.cli.log.LogbackConfigurator;
import io.junctor.server.yaml.ConfigResult;
import io.junctor.server.yaml.Diagnostic;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints a failure as one sentence, in the format of the log, and returns its exit code. */
final class FailurePrinter {
    private static final String SPEAKER = "junctor: ";

    private FailurePrinter() {}

    /** Prints that the command line has an unknown command or option, or an invalid value. */
    static int onUsage(ParameterException failure, String[] arguments) {
        System.err.println(SPEAKER + failure.getMessage());
        CommandLine command = failure.getCommandLine();
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        System.err.println("'junctor help' lists commands and options.");
        return ExitCode.USAGE;
    }

    /** Prints why a client command failed, or an exception that no command expects. */
    static int onException(Exception exception, CommandLine command, ParseResult result) {
        if (exception instanceof CommandException failure) {
            print(Level.ERROR, failure.sentence());
            return failure.status().code();
        }
        print(
                Level.ERROR,
                "failed unexpectedly: " + exception + "; --log-level debug shows where, which helps in a report.");
        LoggerFactory.getLogger(FailurePrinter.class).debug("unexpected", exception);
        return ExitCode.SOFTWARE;
    }

    /** Prints the errors of the configuration. */
    static int onErrors(ConfigResult.Invalid invalid) {
        for (Diagnostic error : invalid.errors()) {
            if (error.line() == 0) {
                print(Level.ERROR, error.toString());
            } else {
                print(Level.ERROR, "", error.toString());
            }
        }
        return ExitCode.SOFTWARE;
    }

    /** Prints the warnings about a configuration. */
    static void showWarnings(ConfigResult.Valid valid) {
        valid.warnings().forEach(warning -> print(Level.WARN, "", warning.asWarning()));
    }

    /** Until the returned action runs, ends the process if any thread runs out of memory or cannot start another thread. */
    static Runnable endOnShortage() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (failure instanceof OutOfMemoryError shortage) {
                onShortage(shortage);
            }
            thread.getThreadGroup().uncaughtException(thread, failure);
        });
        return () -> Thread.setDefaultUncaughtExceptionHandler(null);
    }

    /** Prints that memory or threads ran out and ends the process, without starting a thread. */
    static void onShortage(OutOfMemoryError shortage) {
        System.err.println(SPEAKER + "cannot start: " + shortage.getMessage()
                + " (the limits are -Xmx for memory, and ulimit -u for threads)");
        Runtime.getRuntime().halt(ExitCode.SOFTWARE);
    }

    /** Prints why the command cannot be executed. */
    static int onRefusal(String sentence) {
        print(Level.ERROR, sentence);
        return ExitCode.SOFTWARE;
    }

    private static void print(Level level, String sentence) {
        print(level, SPEAKER, sentence);
    }

    private static void print(Level level, String speaker, String sentence) {
        switch (LogbackConfigurator.style()) {
            case TEXT -> System.err.println(speaker + sentence);
            case JSON ->
                System.err.print(JsonLine.at(System.currentTimeMillis())
                        .put("level", level)
                        .put("logger", FailurePrinter.class.getName())
                        .put("message", sentence)
                        .end());
        }
    }
}
