package io.junctor.cli.client;

import io.junctor.cli.client.json.ArgumentParser;
import io.junctor.cli.client.json.InvalidJsonException;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandException;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.client.Args;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The arguments of a call or an event: from words, a file or standard input. */
final class ArgumentOptions {
    private static final String WORDS =
            "A value or key=value; a value that is not JSON is a text. Alone, - reads all arguments from"
                    + " standard input and @FILE from a file: a JSON list, a JSON object or one value.";

    private final CommandEnvironment environment;

    private final CommandLineArgument<Boolean> raw =
            CommandLineArgument.flag("--raw", "Take each argument, file or line as a text, whatever it looks like.");

    ArgumentOptions(CommandEnvironment environment) {
        this.environment = environment;
    }

    /** Returns the argument for the parameters after the first parameter. */
    static CommandLineArgument<List<String>> words() {
        return CommandLineArgument.parameters("1..*", "0..*", "ARG", WORDS, String.class);
    }

    void addTo(CommandSyntax syntax) {
        syntax.add(raw);
    }

    /**
     * Reads the arguments.
     *
     * @throws CommandException if an argument begins like JSON but is not JSON, or a file cannot be read
     */
    Args read(List<String> words) {
        if (words.size() == 1 && words.getFirst().equals("-")) {
            return whole(text(environment.in(), "standard input"), "standard input");
        }
        if (words.size() == 1 && words.getFirst().startsWith("@") && !raw.value()) {
            return ofFile(words.getFirst().substring(1));
        }
        try {
            return ArgumentParser.read(words, raw.value());
        } catch (InvalidJsonException problem) {
            throw CommandException.usage("an argument begins like JSON but is not: " + problem.getMessage());
        }
    }

    /** Returns the arguments on each line of standard input, while lines arrive. Skips empty lines. */
    Stream<Args> lines() {
        BufferedReader input = new BufferedReader(new InputStreamReader(environment.in(), StandardCharsets.UTF_8));
        int[] number = {0};
        return input.lines()
                .peek(line -> number[0]++)
                .filter(line -> !line.isEmpty())
                .map(line -> whole(line, "line " + number[0] + " of standard input"));
    }

    private Args whole(String text, String where) {
        try {
            return ArgumentParser.readAll(text, raw.value());
        } catch (InvalidJsonException problem) {
            throw CommandException.usage(where + " begins like JSON but is not: " + problem.getMessage());
        }
    }

    private Args ofFile(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return whole(text(in, file), file);
        } catch (IOException problem) {
            throw unreadable(file, problem);
        }
    }

    private static String text(InputStream in, String where) {
        try {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException problem) {
            throw unreadable(where, problem);
        }
    }

    private static CommandException unreadable(String where, IOException problem) {
        return CommandException.usage("the arguments cannot be read from " + where + ": " + problem);
    }
}
