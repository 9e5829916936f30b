package io.junctor.cli.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the manual pages. */
@Command(
        name = "manpages",
        description =
                "Writes the manual pages of all commands, junctor.1, junctor-call.1 and so on, into a directory such as"
                        + " /usr/local/share/man/man1.")
public final class ManPagesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIRECTORY", description = "The directory, which is made if it does not exist.")
    private Path directory = Path.of("");

    /** Writes the pages. */
    @Override
    public Integer call() {
        try {
            Files.createDirectories(directory);
            write(spec.root());
            return ExitCode.OK;
        } catch (IOException problem) {
            System.err.println("junctor: the manual pages cannot be written: " + problem);
            return ExitCode.SOFTWARE;
        }
    }

    private void write(CommandSpec command) throws IOException {
        ManPage page = new ManPage(command);
        Files.writeString(directory.resolve(page.title() + ".1"), page.text());
        for (CommandLine sub : command.subcommands().values()) {
            write(sub.getCommandSpec());
        }
    }
}
