package io.junctor.cli;

import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.cluster.ClusterReport;
import io.junctor.cluster.NatsCluster;
import io.junctor.router.config.cluster.ClusterConfig;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.server.yaml.ConfigResult;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** Shows the state of the cluster in a configuration, without joining the cluster. */
@Command(
        name = "cluster",
        description =
                "Connects to the NATS servers of the configuration's cluster, and tells their versions, whether a router"
                        + " may do what it needs, the streams with their leaders, and which routers are there.")
final class ClusterCommand implements Callable<Integer> {
    private final ConfigOption config = new ConfigOption();

    CommandSpec spec() {
        return CommandSyntax.annotated(this).with(config::addTo).spec();
    }

    @Override
    public Integer call() {
        return switch (ConfigFile.read(config.file())) {
            case ConfigResult.Invalid invalid -> FailurePrinter.onErrors(invalid);
            case ConfigResult.Valid valid -> look(valid.cluster());
        };
    }

    private int look(@Nullable ClusterConfig cluster) {
        if (cluster == null) {
            return FailurePrinter.onRefusal(config.file() + " has no 'cluster', so its router is alone.");
        }
        ClusterReport report = NatsCluster.inspect(cluster, Instant.now());
        report.lines().forEach(System.out::println);
        report.problems().forEach(FailurePrinter::onRefusal);
        return report.problems().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
