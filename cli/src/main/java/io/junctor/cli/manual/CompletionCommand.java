package io.junctor.cli.manual;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script by which a shell completes commands and options. */
@Command(
        name = "completion",
        description = "Prints the script by which a shell completes commands and options of junctor. For bash and zsh:"
                + " eval \"$(junctor completion bash)\"; for fish: junctor completion fish | source.")
public final class CompletionCommand implements Callable<Integer> {
    /** The shells. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    /** Prints the script. */
    @Override
    public Integer call() {
        CommandLine junctor = spec.root().commandLine();
        System.out.print(
                switch (shell) {
                    // The script for bash begins with lines that let zsh run it.
                    case BASH, ZSH -> AutoComplete.bash(spec.root().name(), junctor);
                    case FISH -> FishCompletion.of(spec.root());
                });
        return ExitCode.OK;
    }
}
