package io.junctor.cli.syntax;

import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Describes the arguments and subcommands of a command. */
public final class CommandSyntax {
    private final CommandSpec spec;

    private CommandSyntax(CommandSpec spec) {
        this.spec = spec;
    }

    /** Describes a command that {@code command} executes, a {@link Callable} or {@link Runnable}. */
    public static CommandSyntax of(Object command, String name, String description) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(name);
        spec.usageMessage().description(description);
        return new CommandSyntax(spec);
    }

    /** Describes a command whose other arguments are in annotations. */
    public static CommandSyntax annotated(Object command) {
        return new CommandSyntax(CommandSpec.forAnnotatedObject(command));
    }

    /** Adds arguments. */
    public CommandSyntax add(CommandLineArgument<?>... arguments) {
        for (CommandLineArgument<?> argument : arguments) {
            spec.add(argument.spec());
        }
        return this;
    }

    /** Adds arguments that several commands share. */
    public CommandSyntax with(Consumer<CommandSyntax> shared) {
        shared.accept(this);
        return this;
    }

    /** Adds arguments that have a heading in the help. */
    public CommandSyntax add(String heading, Collection<CommandLineArgument<@Nullable String>> arguments) {
        ArgGroupSpec.Builder group = ArgGroupSpec.builder().validate(false).heading(heading + "%n");
        arguments.forEach(argument -> group.addArg(argument.spec()));
        spec.addArgGroup(group.build());
        return this;
    }

    /** Adds a subcommand. */
    public CommandSyntax add(CommandSpec subcommand) {
        spec.addSubcommand(subcommand.name(), new CommandLine(subcommand));
        return this;
    }

    /** Returns the description for picocli. */
    public CommandSpec spec() {
        return spec;
    }

    /** Adds the options for help and version to a command and all its commands. */
    public static void addHelp(CommandSpec spec, IVersionProvider version) {
        spec.versionProvider(version);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
        spec.subcommands().values().forEach(sub -> addHelp(sub.getCommandSpec(), version));
    }
}
