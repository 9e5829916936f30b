package io.junctor.cli.bench;

import io.junctor.cli.bench.session.SessionPlacement;
import io.junctor.cli.bench.session.TargetRouter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --apart}, which decides which sessions share a router. */
final class ApartOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--apart",
            description = "Callers and publishers are on the router of the first --url, callees and subscribers on the"
                    + " others. Without it all of them take the routers in turn.")
    private boolean apart;

    SessionPlacement of(List<TargetRouter> targets) {
        if (apart && targets.size() < 2) {
            throw new ParameterException(command.commandLine(), "--apart needs two --url or more.");
        }
        return new SessionPlacement(targets, apart);
    }
}
