package io.junctor.cli.client;

import io.junctor.cli.client.process.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how results are printed. */
final class OutputOptions {
    /** The description of the option {@code --json}. */
    static final String JSON = "Print one JSON object a line; --no-json prints for people."
            + " Default: for people on a terminal, JSON otherwise.";

    private final Surroundings surroundings;

    @Option(names = "--json", negatable = true, description = JSON)
    private @Nullable Boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but results on standard output and errors on standard error.")
    private boolean quiet;

    OutputOptions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Output output() {
        return output(surroundings, json, quiet);
    }

    static Output output(Surroundings surroundings, @Nullable Boolean json, boolean quiet) {
        return new Output(surroundings, json == null ? !surroundings.isTerminal() : json, quiet);
    }
}
