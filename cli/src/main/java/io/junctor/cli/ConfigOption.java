package io.junctor.cli;

import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import java.nio.file.Path;

/** The option that names the configuration file. */
final class ConfigOption {
    /** The system property that names the file to read if {@code -c} is not given; bin/junctor sets it. */
    private static final String DEFAULT_PROPERTY = "junctor.config";

    private final CommandLineArgument<Path> file = CommandLineArgument.option(
            "-c, --config",
            "FILE",
            "The configuration. Default: realms.yaml here, or else the one that comes with Junctor.",
            Path.class,
            Path.of(System.getProperty(DEFAULT_PROPERTY, "realms.yaml")));

    void addTo(CommandSyntax syntax) {
        syntax.add(file);
    }

    Path file() {
        return file.value();
    }
}
