package io.junctor.cli.client;

import io.junctor.cli.client.connection.ConnectionSettings;
import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.SignalHook;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.cli.syntax.DurationConverter;
import io.junctor.client.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The options that select the router, the realm and the identity. */
final class ConnectionOptions {
    private final CommandEnvironment environment;

    private final SettingOptions settings = new SettingOptions();

    private final CommandLineArgument<@Nullable String> context = CommandLineArgument.text(
            "--context",
            "NAME",
            "The context to use; 'junctor context' makes contexts."
                    + " Default: JUNCTOR_CONTEXT, or else the current context.",
            null);

    private final CommandLineArgument<Duration> timeout = CommandLineArgument.option(
            "--timeout",
            "TIME",
            "The limit for connecting, for joining and for each answer, such as 500ms, 10s or 2m. Default: 10s.",
            new DurationConverter(),
            Duration.ofSeconds(10));

    ConnectionOptions(CommandEnvironment environment) {
        this.environment = environment;
    }

    void addTo(CommandSyntax syntax) {
        settings.addTo(syntax, "Router and identity:");
        syntax.add(context, timeout);
    }

    /** The work of a command in its session. */
    @FunctionalInterface
    interface SessionTask {
        /** Does the work on the main thread and returns the exit status. */
        int run(Session session) throws InterruptedException;
    }

    /** Joins, runs the task, and leaves; a signal makes the session leave too. */
    int withSession(SessionTask task) throws InterruptedException {
        try (Session session = connection().join();
                SignalHook unused = SignalHook.closing(session::close)) {
            return task.run(session);
        }
    }

    /** Returns the connection settings of the router, with the identity. */
    RouterConnection connection() {
        return RouterConnection.of(merged(), timeout.value(), environment);
    }

    /** Returns the settings of options, environment and context. */
    ConnectionSettings merged() {
        return ConnectionSettings.of(settings.given(), context.value(), environment);
    }

    Duration timeout() {
        return timeout.value();
    }
}
