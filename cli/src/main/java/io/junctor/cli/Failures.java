package io.junctor.cli;

import io.junctor.router.config.yaml.Mistake;
import io.junctor.router.config.yaml.Reading;
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

    /** The configuration is wrong. */
    static int onMistakes(Reading.Refused refused) {
        for (Mistake mistake : refused.mistakes()) {
            System.err.println(mistake.line() == 0 ? SPEAKER + mistake : mistake.toString());
        }
        return ExitCode.SOFTWARE;
    }

    /** What was asked for cannot be done here and now. */
    static int onRefusal(String sentence) {
        System.err.println(SPEAKER + sentence);
        return ExitCode.SOFTWARE;
    }
}
