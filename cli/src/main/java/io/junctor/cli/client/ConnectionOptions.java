package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.connection.Settings;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.client.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say which router, which realm and which identity. */
final class ConnectionOptions {
    private final CommandEnvironment environment;

    @ArgGroup(validate = false, heading = "Router and identity:%n")
    private final SettingOptions settings = new SettingOptions();

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The context to use; 'junctor context' makes contexts."
                    + " Default: JUNCTOR_CONTEXT, or else the current context.")
    private @Nullable String context;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "The limit for connecting, for joining and for each answer, such as 500ms, 10s or 2m."
                    + " Default: 10s.")
    private Duration timeout = Duration.ofSeconds(10);

    ConnectionOptions(CommandEnvironment environment) {
        this.environment = environment;
    }

    /** What a command does with its session. */
    @FunctionalInterface
    interface SessionTask {
        /** Runs on the main thread and returns the exit status. */
        int run(Session session) throws InterruptedException;
    }

    /** Joins, runs the task, and leaves; a signal leaves too. */
    int withSession(SessionTask task) throws InterruptedException {
        try (Session session = connection().join();
                SignalHook unused = SignalHook.closing(session::close)) {
            return task.run(session);
        }
    }

    /** The router with the identity. */
    RouterConnection connection() {
        return RouterConnection.of(merged(), timeout, environment);
    }

    /** The settings of options, environment and context. */
    Settings merged() {
        return Settings.of(settings.given(), context, environment);
    }

    Duration timeout() {
        return timeout;
    }
}
