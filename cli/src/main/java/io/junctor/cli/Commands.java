package io.junctor.cli;

import io.junctor.cli.bench.BenchCommand;
import io.junctor.cli.client.ClientCommands;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.manual.CompletionCommand;
import io.junctor.cli.manual.ManPagesCommand;
import io.junctor.cli.migrate.MigrateCommand;
import io.junctor.cli.syntax.CommandSyntax;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The commands of {@code bin/junctor}. */
final class Commands {
    /** Commands that need the descriptions of all commands. */
    private static final Set<String> ABOUT_ALL = Set.of("help", "completion", "manpages");

    private Commands() {}

    /**
     * Returns the command line with all commands, or with only the command that the arguments name: reading the options of all commands
     * takes longer than most commands run.
     */
    static CommandLine of(CommandEnvironment environment, String... arguments) {
        RootCommand root = new RootCommand();
        CommandLine junctor = new CommandLine(root.spec());
        Map<String, Supplier<Object>> commands = byName(environment, root);
        String first = arguments.length == 0 ? "" : arguments[0];
        if (commands.containsKey(first) && !ABOUT_ALL.contains(first)) {
            commands.keySet().retainAll(Set.of(first));
        }
        commands.forEach((name, command) -> junctor.addSubcommand(name, command.get()));
        CommandSyntax.addHelp(junctor.getCommandSpec(), new VersionCommand());
        return junctor.setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setDefaultValueProvider(new EnvironmentDefaults(environment.variables()))
                .setParameterExceptionHandler(FailurePrinter::onUsage)
                .setExecutionExceptionHandler(FailurePrinter::onException);
    }

    private static Map<String, Supplier<Object>> byName(CommandEnvironment environment, RootCommand root) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("start", () -> new StartCommand(root).spec());
        commands.put("check", () -> new CheckCommand().spec());
        commands.put("explain", () -> new ExplainCommand().spec());
        commands.put("cluster", () -> new ClusterCommand().spec());
        commands.put("hash", HashCommand::new);
        commands.put("migrate", MigrateCommand::new);
        commands.put("keygen", KeygenCommand::new);
        commands.put("cert", CertCommand::new);
        commands.putAll(ClientCommands.byName(environment));
        commands.put("bench", BenchCommand::new);
        commands.put("completion", CompletionCommand::new);
        commands.put("manpages", ManPagesCommand::new);
        commands.put("version", VersionCommand::new);
        commands.put("help", HelpCommand::new);
        return commands;
    }
}
