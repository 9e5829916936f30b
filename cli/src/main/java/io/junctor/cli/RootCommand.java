package io.junctor.cli;

import io.junctor.cli.log.LogOption;
import io.junctor.cli.syntax.CommandSyntax;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code junctor} without a subcommand, which starts the router. */
final class RootCommand implements Callable<Integer> {
    private final LogOption log = new LogOption();
    private final ConfigOption config = new ConfigOption();
    private final AuditOption audit = new AuditOption();

    CommandSpec spec() {
        CommandSpec spec = CommandSyntax.of(
                        this, "junctor", "A WAMP v2 router, and a client for any. Without a command the router starts.")
                .with(log::addTo)
                .with(config::addTo)
                .with(audit::addTo)
                .spec();
        spec.usageMessage().synopsisSubcommandLabel("[COMMAND]");
        return spec;
    }

    @Override
    public Integer call() throws InterruptedException {
        return RouterRun.start(config.file(), log, audit);
    }

    LogOption log() {
        return log;
    }
}
