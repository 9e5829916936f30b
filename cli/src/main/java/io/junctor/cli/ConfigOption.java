package io.junctor.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the configuration file. */
final class ConfigOption {
    /** The system property by which bin/junctor names the file that is read without {@code -c}. */
    private static final String DEFAULT_PROPERTY = "junctor.config";

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration. Default: realms.yaml here, or else the one that comes with Junctor.")
    private Path file = Path.of(System.getProperty(DEFAULT_PROPERTY, "realms.yaml"));

    Path file() {
        return file;
    }
}
