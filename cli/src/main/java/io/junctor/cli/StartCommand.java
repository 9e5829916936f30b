package io.junctor.cli;

import io.junctor.cli.syntax.CommandSyntax;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Starts the router and runs it until a signal ends the process. */
final class StartCommand implements Callable<Integer> {
    private final RootCommand junctor;
    private final ConfigOption config = new ConfigOption();
    private final AuditOption audit = new AuditOption();

    StartCommand(RootCommand junctor) {
        this.junctor = junctor;
    }

    CommandSpec spec() {
        return CommandSyntax.of(this, "start", "Starts the router; Ctrl-C or SIGTERM stops it.")
                .with(config::addTo)
                .with(audit::addTo)
                .spec();
    }

    @Override
    public Integer call() throws InterruptedException {
        return RouterRun.start(config.file(), junctor.log(), audit);
    }
}
