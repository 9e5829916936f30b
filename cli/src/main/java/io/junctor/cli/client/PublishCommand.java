package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandFailure;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.client.Args;
import io.junctor.client.PublishOptions;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes events. */
@Command(
        name = "publish",
        description = "Publishes an event and prints its publication id, which the router acknowledges.")
final class PublishCommand implements Callable<Integer> {
    /** How many publications wait for their acknowledgement. */
    private static final int WINDOW = 256;

    @Mixin
    private final ConnectionOptions connection;

    @Mixin
    private final ArgumentOptions arguments;

    @Mixin
    private final ReceiverOptions receivers = new ReceiverOptions();

    @Mixin
    private final OutputOptions printing;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic.")
    private String topic = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARG", description = ArgumentOptions.WORDS)
    private List<String> words = new ArrayList<>();

    @Option(names = "--lines", description = "Publish one event for each line of standard input, as lines come.")
    private boolean lines;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "Publish the event N times. Default: once.")
    private long count = 1;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Wait this time between two events of --count.")
    private @Nullable Duration interval;

    @Option(
            names = "--no-acknowledge",
            description =
                    "Do not wait for the router: faster, but a refusal stays unknown and there is no id to print.")
    private boolean unacknowledged;

    PublishCommand(CommandEnvironment environment) {
        connection = new ConnectionOptions(environment);
        arguments = new ArgumentOptions(environment);
        printing = new OutputOptions(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (lines && (!words.isEmpty() || count != 1)) {
            throw CommandFailure.usage("--lines takes the events from standard input: leave out arguments and --count");
        }
        if (count < 1) {
            throw CommandFailure.usage("--count must be at least 1, not " + count);
        }
        PublishOptions options =
                unacknowledged ? receivers.options() : receivers.options().acknowledged();
        Stream<Args> events = lines
                ? arguments.lines()
                : Stream.generate(repeated(arguments.read(words))).limit(count);
        return connection.withSession(session -> {
            try {
                publish(session, events.iterator(), options);
                return ExitStatus.OK.code();
            } catch (WampException failure) {
                throw RouterConnection.failed("publication to " + topic, failure);
            }
        });
    }

    private static java.util.function.Supplier<Args> repeated(Args args) {
        return () -> args;
    }

    private void publish(Session session, Iterator<Args> events, PublishOptions options) throws InterruptedException {
        Queue<CompletableFuture<OptionalLong>> window = new ArrayDeque<>();
        boolean isFirst = true;
        while (events.hasNext()) {
            if (!isFirst && interval != null) {
                Thread.sleep(interval);
            }
            isFirst = false;
            window.add(session.async().publish(topic, events.next(), options));
            if (lines || interval != null || window.size() == WINDOW) {
                printed(window, window.size() == WINDOW ? 1 : 0);
            }
        }
        printed(window, window.size());
    }

    /** Prints the ids of the oldest publications: those that are there, and at least {@code least}. */
    private void printed(Queue<CompletableFuture<OptionalLong>> window, int least) {
        Output output = printing.output();
        int awaited = least;
        while (!window.isEmpty() && (awaited > 0 || window.peek().isDone())) {
            awaited--;
            try {
                window.remove()
                        .join()
                        .ifPresent(id -> output.print(object(id), output.isQuiet() ? "" : "published " + id));
            } catch (CompletionException failed) {
                throw failed.getCause() instanceof WampException failure ? failure : failed;
            }
        }
    }

    private static Map<String, Object> object(long id) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("publication", id);
        return object;
    }
}
