package io.junctor.cli.client.connection;

import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the secret of a login: from the first line of a file, from an environment variable, or from a prompt. The command line cannot
 * contain it, because other users of the machine can see the command line.
 */
final class SecretReader {
    private static final String DEFAULT_VARIABLE = "JUNCTOR_SECRET";
    private static final String STANDARD_INPUT = "-";

    private final ConnectionSettings settings;
    private final CommandEnvironment environment;

    SecretReader(ConnectionSettings settings, CommandEnvironment environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /**
     * Returns the secret.
     *
     * @param name the name of the secret in a prompt and in errors: password, ticket
     */
    String read(String name) {
        var file = settings.value(ConnectionSetting.SECRET_FILE);
        if (file.isPresent()) {
            return firstLine(file.get());
        }
        var variable = settings.value(ConnectionSetting.SECRET_ENV);
        if (variable.isPresent()) {
            return named(variable.get());
        }
        String value = environment.variable(DEFAULT_VARIABLE);
        return value == null ? typed(name) : value;
    }

    private String firstLine(String file) {
        try (BufferedReader lines = file.equals(STANDARD_INPUT)
                ? new BufferedReader(new InputStreamReader(environment.in(), StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file))) {
            String line = lines.readLine();
            if (line == null || line.isEmpty()) {
                throw CommandException.usage("the first line of the secret file " + file + " is empty");
            }
            return line;
        } catch (IOException problem) {
            throw CommandException.usage("the secret file cannot be read: " + problem);
        }
    }

    private String named(String variable) {
        String value = environment.variable(variable);
        if (value == null) {
            throw CommandException.usage("the environment variable " + variable + ", which has the secret, is not set");
        }
        return value;
    }

    private String typed(String name) {
        return Optional.ofNullable(environment.isTerminal() ? System.console() : null)
                .map(console -> console.readPassword("%s for %s: ", name, settings.url()))
                .map(String::new)
                .orElseThrow(() -> CommandException.usage("the login needs a secret (" + name + "): use "
                        + ConnectionSetting.SECRET_FILE.option() + ", " + ConnectionSetting.SECRET_ENV.option()
                        + " or the environment variable " + DEFAULT_VARIABLE));
    }
}
