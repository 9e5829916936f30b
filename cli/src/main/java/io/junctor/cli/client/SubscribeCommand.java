package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.json.JsonText;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandException;
import io.junctor.cli.client.process.ExternalProgram;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.cli.syntax.DurationConverter;
import io.junctor.client.Event;
import io.junctor.client.HistoryOptions;
import io.junctor.client.PastEvent;
import io.junctor.client.Session;
import io.junctor.client.SubscribeOptions;
import io.junctor.client.Subscription;
import io.junctor.client.WampException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Subscribes to topics. */
final class SubscribeCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final int MAX_LINE_BYTES = 1 << 20;

    private final ConnectionOptions connection;

    private final WaitOptions wait = new WaitOptions();

    private final MatchOption match = new MatchOption();

    private final OutputOptions printing;

    private final CommandLineArgument<List<String>> topics =
            CommandLineArgument.parameters("0..*", "1..*", "TOPIC", "A topic or pattern.", String.class);

    private final CommandLineArgument<Boolean> retained =
            CommandLineArgument.flag("--retained", "First print the event that the router keeps of each topic.");

    private final CommandLineArgument<Integer> history = CommandLineArgument.option(
            "--history",
            "N",
            "First print the last N stored events of each topic, where the router stores events.",
            int.class,
            0);

    private final CommandLineArgument<@Nullable String> command = CommandLineArgument.text(
            "--exec",
            "COMMAND",
            "Run this command of the shell for each event, one after the other for each topic, with the event"
                    + " as a JSON object on standard input.",
            null);

    private final CommandLineArgument<Duration> timeLimit = CommandLineArgument.option(
            "--time-limit",
            "TIME",
            "End a command of --exec after this time. Default: 1m.",
            new DurationConverter(),
            Duration.ofMinutes(1));

    SubscribeCommand(CommandEnvironment environment) {
        connection = new ConnectionOptions(environment);
        printing = new OutputOptions(environment);
    }

    CommandSpec spec() {
        return CommandSyntax.of(
                        this, "subscribe", "Prints the events of topics as they arrive, or runs a program for each.")
                .with(connection::addTo)
                .with(wait::addTo)
                .with(match::addTo)
                .with(printing::addTo)
                .add(topics, retained, history, command, timeLimit)
                .spec();
    }

    @Override
    public Integer call() throws InterruptedException {
        if (history.value() < 0) {
            throw CommandException.usage("--history must not be negative");
        }
        ResultPrinter output = printing.output();
        return wait.untilEnd(connection.connection(), (session, countLimit) -> {
            for (String topic : topics.value()) {
                subscribe(session, topic, countLimit, output);
            }
        });
    }

    private void subscribe(Session session, String topic, CountLimit countLimit, ResultPrinter output) {
        try {
            Subscription subscription =
                    session.subscribe(topic, options(), event -> onEvent(event, Instant.now(), countLimit, output));
            output.note("subscribed to " + topic + " as session " + session.id());
            if (history.value() > 0) {
                session.history(
                                subscription,
                                HistoryOptions.DEFAULT.newestFirst().limit(history.value()))
                        .reversed()
                        .forEach(past -> onPastEvent(past, countLimit, output));
            }
        } catch (WampException failure) {
            throw RouterConnection.failed("subscription to " + topic, failure);
        }
    }

    private SubscribeOptions options() {
        SubscribeOptions options = switch (match.policy()) {
            case EXACT -> SubscribeOptions.DEFAULT;
            case PREFIX -> SubscribeOptions.DEFAULT.prefix();
            case WILDCARD -> SubscribeOptions.DEFAULT.wildcard();
        };
        return retained.value() ? options.withRetained() : options;
    }

    private void onPastEvent(PastEvent past, CountLimit countLimit, ResultPrinter output) {
        onEvent(past.event(), past.time(), countLimit, output);
    }

    private void onEvent(Event event, Instant time, CountLimit countLimit, ResultPrinter output) {
        if (!countLimit.begin()) {
            return;
        }
        Map<String, @Nullable Object> object = object(event, time);
        String shellCommand = command.value();
        if (shellCommand == null) {
            output.print(object, line(event, time));
        } else {
            execute(shellCommand, object, output);
        }
        countLimit.finish();
        if (output.isClosed()) {
            countLimit.end();
        }
    }

    private void execute(String shellCommand, Map<String, @Nullable Object> event, ResultPrinter output) {
        ExternalProgram program =
                new ExternalProgram(List.of("/bin/sh", "-c", shellCommand), timeLimit.value(), MAX_LINE_BYTES);
        try {
            int status = program.run(
                    JsonText.write(event) + "\n",
                    Map.of("JUNCTOR_TOPIC", String.valueOf(event.get("topic"))),
                    output.environment()::println);
            if (status != 0) {
                output.note("the command ended with exit status " + status);
            }
        } catch (ExternalProgram.TimedOutException late) {
            output.note("the command was ended after " + DurationConverter.write(timeLimit.value()));
        } catch (IOException problem) {
            output.note("the command failed: " + problem.getMessage());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, @Nullable Object> object(Event event, Instant time) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("time", time.truncatedTo(ChronoUnit.MILLIS).toString());
        object.put("topic", event.topic());
        object.put("publication", event.publication());
        ReceivedArgumentsFormat.addArguments(object, event);
        event.publisher().ifPresent(peer -> object.put("publisher", ReceivedArgumentsFormat.object(peer)));
        if (event.isRetained()) {
            object.put("retained", true);
        }
        if (event.dropped() > 0) {
            object.put("dropped", event.dropped());
        }
        return object;
    }

    private static String line(Event event, Instant time) {
        String dropped = event.dropped() == 0 ? "" : " (" + event.dropped() + " events before it were dropped)";
        return LocalTime.ofInstant(time, ZoneId.systemDefault()).format(TIME) + " " + event.topic() + dropped + ": "
                + ReceivedArgumentsFormat.line(event);
    }
}
