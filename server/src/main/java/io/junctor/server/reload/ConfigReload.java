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
 * Reads the configuration file again and applies it to a running router. A file with errors changes nothing. Logs the changes, those that
 * need a restart, and each error. Thread-safe: one thread at a time reloads, the others wait.
 */
public final class ConfigReload {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigReload.class);

    /** The time between two checks of the file. */
    public static final Duration WATCH_PERIOD = Duration.ofSeconds(2);

    /** The procedure by which a client reloads the file. */
    public static final String PROCEDURE = "junctor.config.reload";

    private final Path file;
    private final RouterServer server;
    private final @Nullable ClusterConfig cluster;
    private final Consumer<RouterConfig> onApplied;

    /** Held during a reload. Not a monitor: a virtual thread that waits for a monitor blocks its carrier thread, which the holder may need. */
    private final Lock lock = new ReentrantLock();

    /** The state of the file when it was last read. */
    @GuardedBy("lock")
    private String read = "";

    /** The state of the file at the last check. */
    @GuardedBy("lock")
    private String seen = "";

    /**
     * Reloads {@code file} for {@code server}.
     *
     * @param cluster the cluster settings with which the router was started, which cannot change; null without a cluster
     * @param onApplied receives each configuration that the router has applied, for the program's own use
     */
    public ConfigReload(
            Path file, RouterServer server, @Nullable ClusterConfig cluster, Consumer<RouterConfig> onApplied) {
        this.file = file;
        this.server = server;
        this.cluster = cluster;
        this.onApplied = onApplied;
    }

    /**
     * Reads the file again whenever it has changed, until the returned timer is canceled. A change must be the same in two checks, so that
     * the file is not read while it is being written. The watch does not check files that the file names, such as those of secrets.
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
     * Registers the procedure {@value #PROCEDURE}, which reloads the file like {@link #reload} and returns the result. Its caller needs
     * an explicit permission for this URI.
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

    /** Reads the file, and returns when the router has applied or refused its configuration. */
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
