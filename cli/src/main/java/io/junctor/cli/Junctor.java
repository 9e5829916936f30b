package io.junctor.cli;

import io.junctor.cli.bench.Bench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ScopeType;

/** The command without a name, which starts the router. */
@Command(
        name = "junctor",
        description = "A WAMP v2 router. Without a command it starts.",
        subcommands = {
            StartCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            HashCommand.class,
            KeygenCommand.class,
            CertCommand.class,
            Bench.class,
            VersionCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "[COMMAND]",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        scope = ScopeType.INHERIT)
final class Junctor implements Callable<Integer> {

    @Mixin
    private final LogOption log = new LogOption();

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Mixin
    private final AuditOption audit = new AuditOption();

    @Override
    public Integer call() throws InterruptedException {
        return RouterRun.start(config.file(), log, audit);
    }

    LogOption log() {
        return log;
    }
}
