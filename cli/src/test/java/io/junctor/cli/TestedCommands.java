package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandException;
import io.junctor.server.RouterServer;
import io.junctor.server.yaml.ConfigFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** Runs client commands in this process against a router of its own, which listens on a free port. For one test. */
final class TestedCommands implements AutoCloseable {
    static final String SECRET = "secret-of-twenty-characters";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RouterServer server;
    private final Map<String, String> environment = new HashMap<>();
    private boolean terminal;

    /** A command that runs or has ended. */
    static final class Run {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> status = new CompletableFuture<>();

        /** Waits for the end and returns the exit status. */
        int status() {
            return status.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }

        List<String> out() {
            return out.toString(StandardCharsets.UTF_8).lines().toList();
        }

        List<String> errors() {
            return err.toString(StandardCharsets.UTF_8).lines().toList();
        }

        /** Waits until a line on standard error begins so. */
        Run untilItSays(String beginning) {
            await().atMost(PATIENCE)
                    .until(() -> errors().stream().anyMatch(line -> line.startsWith(beginning)) || status.isDone());
            assertThat(errors()).anyMatch(line -> line.startsWith(beginning));
            return this;
        }

        /** Waits until standard output has this many lines. */
        Run untilItPrints(int lines) {
            await().atMost(PATIENCE).until(() -> out().size() >= lines);
            return this;
        }
    }

    TestedCommands(Path directory, String realms) throws Exception {
        server = RouterServer.start(
                ConfigFile.parse("realms.yaml", "listen: [{ port: 0 }]\n" + realms, Map.of("SECRET", SECRET))
                        .orThrow());
        environment.put("JUNCTOR_URL", url());
        environment.put("XDG_CONFIG_HOME", directory.toString());
    }

    RouterServer server() {
        return server;
    }

    String url() {
        return server.listeners().getFirst().uri().toString();
    }

    TestedCommands set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Later commands print for people. */
    TestedCommands onATerminal() {
        terminal = true;
        return this;
    }

    /** Runs a command to its end. */
    Run run(String... arguments) {
        return runWith("", arguments);
    }

    /** Runs a command to its end with this standard input. */
    Run runWith(String input, String... arguments) {
        Run run = startWith(input, arguments);
        run.status();
        return run;
    }

    /** Runs a command that goes on. */
    Run start(String... arguments) {
        return startWith("", arguments);
    }

    private Run startWith(String input, String... arguments) {
        Run run = new Run();
        PrintStream err = new PrintStream(run.err, true, StandardCharsets.UTF_8);
        CommandLine junctor = Commands.of(
                new CommandEnvironment(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(run.out, true, StandardCharsets.UTF_8),
                        err,
                        terminal,
                        Map.copyOf(environment)),
                arguments);
        junctor.setParameterExceptionHandler((problem, given) -> {
            err.println(problem.getMessage());
            return 2;
        });
        junctor.setExecutionExceptionHandler((problem, command, parsed) -> {
            if (problem instanceof CommandException failure) {
                err.println(failure.getMessage());
                return failure.status().code();
            }
            throw problem;
        });
        Thread.ofPlatform().daemon().start(() -> {
            try {
                run.status.complete(junctor.execute(arguments));
            } catch (Throwable failure) {
                run.status.completeExceptionally(failure);
            }
        });
        return run;
    }

    void stopRouter() {
        server.close();
    }

    @Override
    public void close() {
        server.close();
    }
}
