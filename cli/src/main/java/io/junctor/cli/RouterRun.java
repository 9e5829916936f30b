package io.junctor.cli;

import io.junctor.cli.tracing.TraceExport;
import io.junctor.router.Router;
import io.junctor.router.audit.AuditLog;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.WebSocketPath;
import io.junctor.server.ListenFailure;
import io.junctor.server.Listener;
import io.junctor.server.RouterServer;
import io.junctor.server.reload.ConfigReload;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.server.yaml.ConfigResult;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.ExitCode;

/** Runs a router until a signal ends the process. */
final class RouterRun {
    private RouterRun() {}

    /** Serves until the process ends. Returns only if the router cannot start, with the exit code. */
    static int start(Path file, LogOption log, AuditOption audit) throws InterruptedException {
        Runnable started = Failures.endOnShortage();
        LogFormat.use(log);
        String problem = LogFormat.auditTo(audit.file());
        AuditLog.requireForJoins(audit.isRequired());
        return problem == null ? start(file, log, started) : Failures.onRefusal(problem);
    }

    private static int start(Path file, LogOption log, Runnable started) throws InterruptedException {
        return switch (ConfigFile.read(file)) {
            case ConfigResult.Invalid invalid -> Failures.onErrors(invalid);
            case ConfigResult.Valid valid -> {
                LogFormat.use(log, valid.config().log());
                if (valid.config().listeners().isEmpty()) {
                    yield Failures.onRefusal(file + " has no listener, so no client could connect: give 'listen' one.");
                }
                Failures.showWarnings(valid);
                yield serve(file, valid.config(), log, started);
            }
        };
    }

    private static int serve(Path file, RouterConfig config, LogOption log, Runnable started)
            throws InterruptedException {
        Runnable endTraces;
        try {
            endTraces = startTraces();
        } catch (IllegalArgumentException wrong) {
            return Failures.onRefusal(String.valueOf(wrong.getMessage()));
        }
        Router router = Router.open(config);
        LogFormat.countIn(router.counters());
        try {
            RouterServer server = RouterServer.serve(router);
            ConfigReload reload = new ConfigReload(file, server, applied -> LogFormat.use(log, applied.log()));
            HangupSignal.handle(reload::reload);
            reload.watch();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, endTraces), "stop"));
            announce(server.listeners(), config.all().map(RealmConfig::name).toList());
            started.run();
            SystemdNotification.ready("Listening on "
                    + server.listeners().stream()
                            .map(listener -> listener.uri().toString())
                            .collect(Collectors.joining(", ")));
            new CountDownLatch(1).await();
            return ExitCode.OK;
        } catch (ListenFailure failure) {
            router.close();
            return Failures.onRefusal(String.valueOf(failure.getMessage()));
        }
    }

    /** Exports traces if the environment asks for it, and returns what ends that; otherwise nothing of it is loaded. */
    private static Runnable startTraces() {
        String exporter = System.getenv().getOrDefault("OTEL_TRACES_EXPORTER", "");
        return exporter.isEmpty() || exporter.equals("none") ? () -> {} : TraceExport.start()::close;
    }

    private static void announce(List<Listener> listeners, List<String> realms) {
        for (Listener listener : listeners) {
            for (WebSocketPath path : listener.config().http().websockets()) {
                String names = String.join(", ", listener.config().joins(path).allowedRealms(realms));
                System.out.println("Listening on " + listener.uri(path) + ", realms: " + names);
            }
        }
        System.out.println("Ctrl-C stops it.");
    }

    /** Closes the router and ends the process with 0 instead of the exit code of the signal. */
    private static void stop(RouterServer server, Runnable endTraces) {
        int code = ExitCode.OK;
        SystemdNotification.stopping();
        try {
            server.drain();
            server.close();
            endTraces.run();
            System.out.println("Stopped.");
        } catch (RuntimeException failure) {
            code = Failures.onRefusal("failed while stopping: " + failure);
        }
        LogFormat.flush();
        Runtime.getRuntime().halt(code);
    }
}
