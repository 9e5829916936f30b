package io.junctor.cli.client;

import io.junctor.cli.client.process.CommandEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how results are printed. */
final class OutputOptions {
    /** The description of the option {@code --json}. */
    static final String JSON = "Print one JSON object a line; --no-json prints for people."
            + " Default: for people on a terminal, JSON otherwise.";

    private final CommandEnvironment environment;

    @Option(names = "--json", negatable = true, description = JSON)
    private @Nullable Boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but results on standard output and errors on standard error.")
    private boolean quiet;

    OutputOptions(CommandEnvironment environment) {
        this.environment = environment;
    }

    Output output() {
        return output(environment, json, quiet);
    }

    static Output output(CommandEnvironment environment, @Nullable Boolean json, boolean quiet) {
        return new Output(environment, json == null ? !environment.isTerminal() : json, quiet);
    }
}
