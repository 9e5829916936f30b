package io.junctor.cli;

import io.junctor.cli.log.LogOption;
import io.junctor.cli.log.LogProcedures;
import io.junctor.cli.log.LogbackConfigurator;
import io.junctor.cli.tracing.TraceExport;
import io.junctor.cluster.NatsCluster;
import io.junctor.cluster.member.ClusterMember;
import io.junctor.router.Router;
import io.junctor.router.audit.AuditLog;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.cluster.ClusterConfig;
import io.junctor.router.config.listener.WebSocketPath;
import io.junctor.server.ListenException;
import io.junctor.server.Listener;
import io.junctor.server.RouterServer;
import io.junctor.server.reload.ConfigReload;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.server.yaml.ConfigResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** Runs a router until a signal ends the process. */
final class RouterRun {
    /** The time for which a router that requires its cluster waits to join the cluster before the process ends. */
    private static final Duration REQUIRED = Duration.ofSeconds(30);
    /** The time for which listeners stay closed while a router joins its cluster. */
    private static final Duration USUAL = Duration.ofSeconds(5);

    private final Path file;
    private final LogOption log;
    private final @Nullable ClusterConfig cluster;
    private final Runnable endTraces;
    /** The router while it serves, otherwise null; the thread that stops the router reads this field. */
    private volatile @Nullable RunningRouter running;

    /** A router with open listeners, and its membership in a cluster. */
    private record RunningRouter(
            RouterServer server, @Nullable ClusterMember member) {
        void close() {
            server.close();
            if (member != null) {
                member.close();
            }
        }
    }

    private RouterRun(Path file, LogOption log, @Nullable ClusterConfig cluster, Runnable endTraces) {
        this.file = file;
        this.log = log;
        this.cluster = cluster;
        this.endTraces = endTraces;
    }

    /** Serves until the process ends. Returns only if the router cannot start, with the exit code. */
    static int start(Path file, LogOption log, AuditOption audit) throws InterruptedException {
        Runnable started = FailurePrinter.endOnShortage();
        LogbackConfigurator.use(log);
        String problem = LogbackConfigurator.auditTo(audit.file());
        AuditLog.requireForJoins(audit.isRequired());
        return problem == null ? start(file, log, started) : FailurePrinter.onRefusal(problem);
    }

    private static int start(Path file, LogOption log, Runnable started) throws InterruptedException {
        return switch (ConfigFile.read(file)) {
            case ConfigResult.Invalid invalid -> FailurePrinter.onErrors(invalid);
            case ConfigResult.Valid valid -> {
                LogbackConfigurator.use(log, valid.config().log());
                if (valid.config().listeners().isEmpty()) {
                    yield FailurePrinter.onRefusal(file + " " + ConfigResult.NO_LISTENER + ".");
                }
                FailurePrinter.showWarnings(valid);
                yield run(file, valid, log, started);
            }
        };
    }

    private static int run(Path file, ConfigResult.Valid valid, LogOption log, Runnable started)
            throws InterruptedException {
        Runnable endTraces;
        try {
            endTraces = startTraces();
        } catch (IllegalArgumentException wrong) {
            return FailurePrinter.onRefusal(String.valueOf(wrong.getMessage()));
        }
        RouterRun run = new RouterRun(file, log, valid.cluster(), endTraces);
        String problem = run.open(valid.config());
        if (problem == null) {
            started.run();
            problem = run.await();
        }
        return FailurePrinter.onRefusal(problem);
    }

    /** Exports traces if the environment asks for it, and returns an action that ends the export; otherwise loads no class of OpenTelemetry. */
    private static Runnable startTraces() {
        String exporter = System.getenv().getOrDefault("OTEL_TRACES_EXPORTER", "");
        return exporter.isEmpty() || exporter.equals("none") ? () -> {} : TraceExport.start()::close;
    }

    /** Opens a router; returns the reason if that fails, or null. */
    private @Nullable String open(RouterConfig config) {
        ClusterMember member = cluster == null ? null : NatsCluster.of(cluster);
        Router router = member == null ? Router.open(config) : Router.open(config, member);
        LogbackConfigurator.countIn(router.counters());
        String problem = member == null || cluster == null ? null : join(member, cluster);
        if (problem == null) {
            try {
                serve(RouterServer.serve(router), member);
                return null;
            } catch (ListenException failure) {
                problem = String.valueOf(failure.getMessage());
            }
        }
        router.close();
        if (member != null) {
            member.close();
        }
        return problem;
    }

    private static @Nullable String join(ClusterMember member, ClusterConfig cluster) {
        boolean isIn = member.awaitInSync(cluster.isRequired() ? REQUIRED : USUAL);
        return isIn || !cluster.isRequired()
                ? null
                : "the router is not in the cluster " + cluster.name() + " after " + REQUIRED.toSeconds()
                        + " s, which 'required' in the configuration asks for: "
                        + (member.fault().isEmpty() ? member.problem() : member.fault());
    }

    private void serve(RouterServer server, @Nullable ClusterMember member) {
        boolean isFirst = running == null;
        running = new RunningRouter(server, member);
        if (isFirst) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        }
        ConfigReload reload =
                new ConfigReload(file, server, cluster, applied -> LogbackConfigurator.use(log, applied.log()));
        HangupSignal.handle(reload::reload);
        reload.watch();
        reload.offer();
        LogProcedures.offer(server.router());
        announce(
                server.listeners(),
                server.router().config().all().map(RealmConfig::name).toList());
        SystemdNotification.ready("Listening on "
                + server.listeners().stream()
                        .map(listener -> listener.uri().toString())
                        .collect(Collectors.joining(", ")));
    }

    /** Waits until the process ends. Restarts a router that its cluster has excluded, as a new member; returns the reason if that fails. */
    private String await() throws InterruptedException {
        while (true) {
            RunningRouter now = running;
            if (now == null || now.member() == null) {
                new CountDownLatch(1).await();
            } else {
                now.member().excluded().toCompletableFuture().join();
                RouterConfig config = now.server().router().config();
                now.close();
                String problem = open(config);
                if (problem != null) {
                    running = null;
                    return problem;
                }
            }
        }
    }

    private static void announce(List<Listener> listeners, List<String> realms) {
        for (Listener listener : listeners) {
            for (WebSocketPath path : listener.config().http().websockets()) {
                String names = String.join(", ", listener.config().joins(path).allowedRealms(realms));
                System.out.println("Listening on " + listener.uri(path) + ", realms: " + names);
            }
        }
        listeners.stream()
                .map(Listener::console)
                .filter(Objects::nonNull)
                .forEach(console -> System.out.println("Console at " + console));
        System.out.println("Ctrl-C stops it.");
    }

    /**
     * Closes the router and ends the process with status 0 instead of the exit code of the signal. Does nothing if the process already ends
     * because an excluded router could not be restarted.
     */
    private void stop() {
        RunningRouter last = running;
        if (last == null) {
            return;
        }
        int code = ExitCode.OK;
        SystemdNotification.stopping();
        try {
            last.server().drain();
            last.close();
            endTraces.run();
            System.out.println("Stopped.");
        } catch (RuntimeException failure) {
            code = FailurePrinter.onRefusal("failed while stopping: " + failure);
        }
        LogbackConfigurator.flush();
        Runtime.getRuntime().halt(code);
    }
}
