package io.junctor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ScopeType;

/** The command without a name, which starts the router. */
@Command(
        name = "junctor",
        description = "A WAMP v2 router, and a client for any. Without a command the router starts.",
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
