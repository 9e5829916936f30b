package io.junctor.cli.client;

import io.junctor.cli.client.connection.ContextFile;
import io.junctor.cli.client.connection.Contexts;
import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.connection.Setting;
import io.junctor.cli.client.connection.Settings;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Named settings of connections. */
@Command(
        name = "context",
        description = "Names routers and identities, so that commands need no options for them. Contexts are in"
                + " ~/.config/junctor/contexts.yaml.",
        synopsisSubcommandLabel = "add|list|use|remove")
final class ContextCommand implements Runnable {
    private final CommandEnvironment environment;

    @Spec
    private CommandSpec command = CommandSpec.create();

    ContextCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    /** What bare {@code context} does: it asks which. */
    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "context needs one of add, list, use and remove.");
    }

    @Command(name = "add", description = "Adds a context with these settings. A secret is named, never stored.")
    int add(
            @Parameters(paramLabel = "NAME", description = "The name of the context.") String name,
            @Mixin SettingOptions settings,
            @Option(names = "--use", description = "Make it the current context.") boolean use,
            @Option(names = "--replace", description = "Replace the context of this name.") boolean replace) {
        Contexts contexts = file().read();
        if (contexts.byName().containsKey(name) && !replace) {
            throw CommandFailure.usage("there is already a context '" + name + "'; --replace replaces it");
        }
        RouterConnection.checkUrl(new Settings(settings.given()));
        Contexts more = contexts.with(name, settings.given());
        file().write(use ? more.using(name) : more);
        return ExitCode.OK;
    }

    @Command(name = "list", description = "Lists the contexts; * marks the current one.")
    int list(@Option(names = "--json", negatable = true, description = OutputOptions.JSON) @Nullable Boolean json) {
        Contexts contexts = file().read();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        contexts.byName().forEach((name, settings) -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("name", name);
            row.put("current", name.equals(contexts.current()));
            for (Setting setting : Setting.values()) {
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

    @Command(
            name = "use",
            description = "Makes a context the current one. Without a name, no context is current afterwards.")
    int use(@Parameters(paramLabel = "NAME", arity = "0..1", description = "The context.") @Nullable String name) {
        file().write(file().read().using(name));
        return ExitCode.OK;
    }

    @Command(name = "remove", description = "Removes a context.")
    int remove(@Parameters(paramLabel = "NAME", description = "The context.") String name) {
        file().write(file().read().without(name));
        return ExitCode.OK;
    }

    private ContextFile file() {
        return ContextFile.of(environment);
    }
}
