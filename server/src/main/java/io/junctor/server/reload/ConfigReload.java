package io.junctor.server.reload;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.audit.AuditLog;
import io.junctor.router.config.ConfigDifference;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.cluster.ClusterConfig;
import io.junctor.router.turn.Timers.Timer;
import io.junctor.server.ListenException;
import io.junctor.server.RouterServer;
import io.junctor.server.tls.FileState;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.server.yaml.ConfigResult;
import io.junctor.server.yaml.Diagnostic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a configuration file again and gives it to a running router. A file with mistakes changes nothing. Logs what has changed, what needs
 * a restart, and each mistake. Thread-safe: one thread at a time reloads, the others wait.
 */
public final class ConfigReload {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigReload.class);

    /** How often the file is looked at. */
    public static final Duration WATCH_PERIOD = Duration.ofSeconds(2);

    /** By this procedure a client lets the file be read. */
    public static final String PROCEDURE = "junctor.config.reload";

    private final Path file;
    private final RouterServer server;
    private final @Nullable ClusterConfig cluster;
    private final Consumer<RouterConfig> onApplied;

    /** A lock instead of a monitor: a virtual thread that waits must not keep its carrier from what it waits for. */
    private final Lock lock = new ReentrantLock();

    /** The state of the file when it was read last. */
    @GuardedBy("lock")
    private String read = "";

    /** The state of the file when it was looked at last. */
    @GuardedBy("lock")
    private String seen = "";

    /**
     * Reloads {@code file} for {@code server}.
     *
     * @param cluster what the router was started with, as it cannot change; null without a cluster
     * @param onApplied gets each configuration that the router has taken, for what the program does with it
     */
    public ConfigReload(
            Path file, RouterServer server, @Nullable ClusterConfig cluster, Consumer<RouterConfig> onApplied) {
        this.file = file;
        this.server = server;
        this.cluster = cluster;
        this.onApplied = onApplied;
    }

    /**
     * Reads the file again whenever it has changed, until the returned timer is canceled. A change has to be seen twice, so that a file is
     * not read while it is written. Files that it names, such as those of secrets, are not looked at.
     */
    public Timer watch() {
        lock.lock();
        try {
            read = FileState.of(file);
            seen = read;
        } finally {
            lock.unlock();
        }
        return server.router().transportContext().timers().every(WATCH_PERIOD, this::look);
    }

    /**
     * Offers the procedure {@value #PROCEDURE}, which reads the file as {@link #reload} does and returns what came of it. Its caller needs
     * a rule of its own for it.
     */
    public void offer() {
        server.router().offer(PROCEDURE, arguments -> ReloadAnswer.of(reload()));
    }

    private void look() {
        lock.lock();
        try {
            String now = FileState.of(file);
            boolean isSettled = now.equals(seen);
            seen = now;
            if (isSettled && !now.equals(read)) {
                reload();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Reads the file, and returns when the router has its configuration or has refused it. */
    public ReloadResult reload() {
        lock.lock();
        try {
            return readAgain();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private ReloadResult readAgain() {
        read = FileState.of(file);
        ReloadResult result = switch (ConfigFile.read(file)) {
            case ConfigResult.Invalid invalid -> new ReloadResult.Refused(invalid.errors());
            case ConfigResult.Valid valid -> apply(valid);
        };
        switch (result) {
            case ReloadResult.Applied applied -> tell(applied);
            case ReloadResult.Refused refused -> tell(refused);
        }
        return result;
    }

    private ReloadResult apply(ConfigResult.Valid valid) {
        if (valid.config().listeners().isEmpty()) {
            return refused(ConfigResult.NO_LISTENER);
        }
        try {
            ConfigDifference difference = server.reload(valid.config());
            onApplied.accept(difference.applied());
            List<String> restart = new ArrayList<>(difference.restart());
            if (!Objects.equals(valid.cluster(), cluster)) {
                restart.add("cluster");
            }
            return new ReloadResult.Applied(difference.changes(), restart, valid.warnings());
        } catch (ListenException failure) {
            return refused("is not used: " + failure.getMessage());
        } catch (IllegalStateException closed) {
            return refused("is not used: " + closed.getMessage());
        }
    }

    private ReloadResult.Refused refused(String problem) {
        return new ReloadResult.Refused(List.of(new Diagnostic(file.toString(), 0, 0, problem)));
    }

    private void tell(ReloadResult.Applied applied) {
        applied.warnings().forEach(warning -> LOG.warn("{}", warning.asWarning()));
        LOG.info("{} is read again; changed: {}", file, listed(applied.changes()));
        if (!applied.restart().isEmpty()) {
            LOG.warn("{}: these changes need a restart: {}", file, listed(applied.restart()));
        }
    }

    private void tell(ReloadResult.Refused refused) {
        LOG.error("{} is not used and the configuration before stays, as it has mistakes:", file);
        refused.errors().forEach(error -> LOG.error("{}", error));
        String errors = refused.errors().stream().map(Diagnostic::toString).collect(Collectors.joining("; "));
        AuditLog.write("configuration", Map.of("refused", errors));
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "nothing" : String.join(", ", names);
    }
}
