package io.junctor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Starts the router and runs it until a signal ends the process. */
@Command(name = "start", description = "Starts the router; Ctrl-C or SIGTERM stops it.")
final class StartCommand implements Callable<Integer> {
    @ParentCommand
    private Junctor junctor = new Junctor();

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Mixin
    private final AuditOption audit = new AuditOption();

    @Override
    public Integer call() throws InterruptedException {
        return RouterRun.start(config.file(), junctor.log(), audit);
    }
}
