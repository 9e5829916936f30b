package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandException;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.cli.syntax.DurationConverter;
import io.junctor.cli.syntax.PositiveNumberConverter;
import io.junctor.client.Args;
import io.junctor.client.PublishOptions;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import java.time.Duration;
import java.util.ArrayDeque;
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
import picocli.CommandLine.Model.CommandSpec;

/** Publishes events. */
final class PublishCommand implements Callable<Integer> {
    /** The number of publications that may wait for their acknowledgement. */
    private static final int WINDOW = 256;

    private final ConnectionOptions connection;

    private final ArgumentOptions arguments;

    private final ReceiverOptions receivers = new ReceiverOptions();

    private final OutputOptions printing;

    private final CommandLineArgument<String> topic = CommandLineArgument.parameter("0", "TOPIC", "The topic.");

    private final CommandLineArgument<List<String>> words = ArgumentOptions.words();

    private final CommandLineArgument<Boolean> lines =
            CommandLineArgument.flag("--lines", "Publish one event for each line of standard input, as lines come.");

    private final CommandLineArgument<Integer> count = CommandLineArgument.option(
            "-n, --count", "N", "Publish the event N times. Default: once.", new PositiveNumberConverter(), 1);

    private final CommandLineArgument<@Nullable Duration> interval = CommandLineArgument.option(
            "--interval", "TIME", "Wait this time between two events of --count.", new DurationConverter(), null);

    private final CommandLineArgument<Boolean> unacknowledged = CommandLineArgument.flag(
            "--no-acknowledge",
            "Do not wait for the router: faster, but a refusal stays unknown and there is no id to print.");

    PublishCommand(CommandEnvironment environment) {
        connection = new ConnectionOptions(environment);
        arguments = new ArgumentOptions(environment);
        printing = new OutputOptions(environment);
    }

    CommandSpec spec() {
        return CommandSyntax.of(
                        this,
                        "publish",
                        "Publishes an event and prints its publication id, which the router acknowledges.")
                .with(connection::addTo)
                .with(arguments::addTo)
                .with(receivers::addTo)
                .with(printing::addTo)
                .add(topic, words, lines, count, interval, unacknowledged)
                .spec();
    }

    @Override
    public Integer call() throws InterruptedException {
        if (lines.value() && (!words.value().isEmpty() || count.value() != 1)) {
            throw CommandException.usage(
                    "--lines takes the events from standard input: leave out arguments and --count");
        }
        PublishOptions options = unacknowledged.value()
                ? receivers.options()
                : receivers.options().acknowledged();
        Stream<Args> events = lines.value()
                ? arguments.lines()
                : Stream.generate(repeated(arguments.read(words.value()))).limit(count.value());
        return connection.withSession(session -> {
            try {
                publish(session, events.iterator(), options);
                return ExitStatus.OK.code();
            } catch (WampException failure) {
                throw RouterConnection.failed("publication to " + topic.value(), failure);
            }
        });
    }

    private static java.util.function.Supplier<Args> repeated(Args args) {
        return () -> args;
    }

    private void publish(Session session, Iterator<Args> events, PublishOptions options) throws InterruptedException {
        Queue<CompletableFuture<OptionalLong>> window = new ArrayDeque<>();
        Duration pause = interval.value();
        boolean isFirst = true;
        while (events.hasNext()) {
            if (!isFirst && pause != null) {
                Thread.sleep(pause);
            }
            isFirst = false;
            window.add(session.async().publish(topic.value(), events.next(), options));
            if (lines.value() || pause != null || window.size() == WINDOW) {
                printed(window, window.size() == WINDOW ? 1 : 0);
            }
        }
        printed(window, window.size());
    }

    /** Prints the ids of the oldest publications: of those that are acknowledged, and of at least {@code least}, for which it waits. */
    private void printed(Queue<CompletableFuture<OptionalLong>> window, int least) {
        ResultPrinter output = printing.output();
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
