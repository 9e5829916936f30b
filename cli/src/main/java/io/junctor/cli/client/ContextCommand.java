package io.junctor.cli.client;

import io.junctor.cli.client.connection.ConnectionContexts;
import io.junctor.cli.client.connection.ConnectionSetting;
import io.junctor.cli.client.connection.ConnectionSettings;
import io.junctor.cli.client.connection.ContextFile;
import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandException;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command {@code context}, which manages named settings of connections. */
final class ContextCommand {
    private final CommandEnvironment environment;

    ContextCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    CommandSpec spec() {
        CommandSpec[] spec = new CommandSpec[1];
        // 'context' without a subcommand reports that it needs one.
        Runnable command = () -> {
            throw new ParameterException(spec[0].commandLine(), "context needs one of add, list, use and remove.");
        };
        spec[0] = CommandSyntax.of(
                        command,
                        "context",
                        "Names routers and identities, so that commands need no options for them. Contexts are in"
                                + " ~/.config/junctor/contexts.yaml.")
                .add(add())
                .add(list())
                .add(remove())
                .add(use())
                .spec();
        spec[0].usageMessage().synopsisSubcommandLabel("add|list|use|remove");
        return spec[0];
    }

    private CommandSpec add() {
        CommandLineArgument<String> name = CommandLineArgument.parameter("0", "NAME", "The name of the context.");
        SettingOptions settings = new SettingOptions();
        CommandLineArgument<Boolean> use = CommandLineArgument.flag("--use", "Make it the current context.");
        CommandLineArgument<Boolean> replace =
                CommandLineArgument.flag("--replace", "Replace the context of this name.");
        Callable<Integer> command = () -> add(name.value(), settings.given(), use.value(), replace.value());
        return CommandSyntax.of(command, "add", "Adds a context with these settings. A secret is named, never stored.")
                .add(name)
                .with(settings::addTo)
                .add(use, replace)
                .spec();
    }

    private int add(String name, Map<ConnectionSetting, String> settings, boolean use, boolean replace) {
        ConnectionContexts contexts = file().read();
        if (contexts.byName().containsKey(name) && !replace) {
            throw CommandException.usage("there is already a context '" + name + "'; --replace replaces it");
        }
        RouterConnection.checkUrl(new ConnectionSettings(settings));
        ConnectionContexts more = contexts.with(name, settings);
        file().write(use ? more.using(name) : more);
        return ExitCode.OK;
    }

    private CommandSpec list() {
        CommandLineArgument<@Nullable Boolean> json = OutputOptions.jsonChoice();
        Callable<Integer> command = () -> list(json.value());
        return CommandSyntax.of(command, "list", "Lists the contexts; * marks the current one.")
                .add(json)
                .spec();
    }

    private int list(@Nullable Boolean json) {
        ConnectionContexts contexts = file().read();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        contexts.byName().forEach((name, settings) -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("name", name);
            row.put("current", name.equals(contexts.current()));
            for (ConnectionSetting setting : ConnectionSetting.values()) {
                if (settings.containsKey(setting)) {
                    row.put(setting.key(), settings.get(setting));
                }
            }
            rows.add(row);
        });
        OutputOptions.output(environment, json, false)
                .printRows(rows, List.of("name", "current", "url", "realm", "auth", "authid"));
        return ExitCode.OK;
    }

    private CommandSpec use() {
        CommandLineArgument<@Nullable String> name =
                CommandLineArgument.optionalParameter("NAME", "The context.", null);
        Callable<Integer> command = () -> write(file().read().using(name.value()));
        return CommandSyntax.of(
                        command,
                        "use",
                        "Makes a context the current one. Without a name, no context is current afterwards.")
                .add(name)
                .spec();
    }

    private CommandSpec remove() {
        CommandLineArgument<String> name = CommandLineArgument.parameter("0", "NAME", "The context.");
        Callable<Integer> command = () -> write(file().read().without(name.value()));
        return CommandSyntax.of(command, "remove", "Removes a context.")
                .add(name)
                .spec();
    }

    private int write(ConnectionContexts contexts) {
        file().write(contexts);
        return ExitCode.OK;
    }

    private ContextFile file() {
        return ContextFile.of(environment);
    }
}
