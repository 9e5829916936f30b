package io.junctor.cli.client;

import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import org.jspecify.annotations.Nullable;

/** The options for the form in which results are printed. */
final class OutputOptions {
    private final CommandEnvironment environment;

    private final CommandLineArgument<@Nullable Boolean> json = jsonChoice();

    private final CommandLineArgument<Boolean> quiet = CommandLineArgument.flag(
            "-q, --quiet", "Print nothing but results on standard output and errors on standard error.");

    OutputOptions(CommandEnvironment environment) {
        this.environment = environment;
    }

    /** Returns the option {@code --json}. */
    static CommandLineArgument<@Nullable Boolean> jsonChoice() {
        return CommandLineArgument.choice(
                "--json",
                "Print one JSON object a line; --no-json prints for people."
                        + " Default: for people on a terminal, JSON otherwise.");
    }

    void addTo(CommandSyntax syntax) {
        syntax.add(json, quiet);
    }

    ResultPrinter output() {
        return output(environment, json.value(), quiet.value());
    }

    static ResultPrinter output(CommandEnvironment environment, @Nullable Boolean json, boolean quiet) {
        return new ResultPrinter(environment, json == null ? !environment.isTerminal() : json, quiet);
    }
}
