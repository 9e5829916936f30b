package io.junctor.cli.migrate;

import io.junctor.wamp.value.ProtocolViolationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** Converts the configuration of another router. */
@Command(name = "migrate", description = "Writes realms.yaml for the configuration of another router.")
public final class MigrateCommand {
    /** Called by the command line. */
    public MigrateCommand() {}

    /** Prints the configuration on standard output, and notes about settings that were not converted on standard error. */
    @Command(
            name = "crossbar",
            description = "Prints realms.yaml for a config.json of Crossbar.io, and to standard error what it could not"
                    + " carry over.")
    int crossbar(@Parameters(paramLabel = "FILE", description = "The config.json.") Path file) {
        try {
            CrossbarConversion converted = CrossbarConversion.convert(Files.readString(file));
            System.out.print(converted.yaml());
            converted.notes().forEach(System.err::println);
            return ExitCode.OK;
        } catch (NoSuchFileException absent) {
            return fail(file + " does not exist");
        } catch (IOException failure) {
            return fail(file + " cannot be read: " + failure.getMessage());
        } catch (ProtocolViolationException invalid) {
            return fail(file + " is not a configuration of Crossbar.io: " + invalid.getMessage());
        }
    }

    private static int fail(String why) {
        System.err.println(why);
        return ExitCode.SOFTWARE;
    }
}
