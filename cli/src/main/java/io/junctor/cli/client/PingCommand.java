package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.cli.syntax.DurationConverter;
import io.junctor.cli.syntax.PositiveNumberConverter;
import io.junctor.client.Session;
import io.junctor.client.SessionClosedException;
import io.junctor.client.WampException;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Measures how long the router takes to reply. */
final class PingCommand implements Callable<Integer> {
    private static final String PROCEDURE = "wamp.session.count";
    private static final double NANOS_PER_MILLI = 1e6;

    private final ConnectionOptions connection;

    private final OutputOptions printing;

    private final CommandLineArgument<Integer> count = CommandLineArgument.option(
            "-n, --count", "N", "How many calls. Default: 4.", new PositiveNumberConverter(), 4);

    private final CommandLineArgument<Duration> interval = CommandLineArgument.option(
            "--interval",
            "TIME",
            "The time between two calls. Default: 1s.",
            new DurationConverter(),
            Duration.ofSeconds(1));

    PingCommand(CommandEnvironment environment) {
        connection = new ConnectionOptions(environment);
        printing = new OutputOptions(environment);
    }

    CommandSpec spec() {
        return CommandSyntax.of(
                        this,
                        "ping",
                        "Joins, and measures how long the router takes for the answer to a call of wamp.session.count. A refusal"
                                + " is an answer too, so that it works with each role.")
                .with(connection::addTo)
                .with(printing::addTo)
                .add(count, interval)
                .spec();
    }

    @Override
    public Integer call() throws InterruptedException {
        ResultPrinter output = printing.output();
        long begin = System.nanoTime();
        return connection.withSession(session -> {
            print(output, "join", System.nanoTime() - begin, "joined realm " + session.realm());
            LongSummaryStatistics nanos = new LongSummaryStatistics();
            for (int i = 1; i <= count.value(); i++) {
                if (i > 1) {
                    Thread.sleep(interval.value());
                }
                long taken = roundTripNanos(session);
                nanos.accept(taken);
                print(output, "answer", taken, "answer " + i);
            }
            if (!output.isJson()) {
                output.note(String.format(
                        Locale.ROOT,
                        "%d answers, fastest %.2f ms, average %.2f ms, slowest %.2f ms",
                        nanos.getCount(),
                        nanos.getMin() / NANOS_PER_MILLI,
                        nanos.getAverage() / NANOS_PER_MILLI,
                        nanos.getMax() / NANOS_PER_MILLI));
            }
            return ExitStatus.OK.code();
        });
    }

    private static long roundTripNanos(Session session) {
        long begin = System.nanoTime();
        try {
            session.call(PROCEDURE);
        } catch (WampException failure) {
            if (failure instanceof SessionClosedException
                    || failure.uri().equals(WampError.TIMEOUT.uri().text())) {
                throw RouterConnection.failed("ping", failure);
            }
        }
        return System.nanoTime() - begin;
    }

    private static void print(ResultPrinter output, String what, long nanos, String text) {
        double millis = Math.round(nanos / 1e3) / 1e3;
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("what", what);
        object.put("ms", millis);
        output.print(object, String.format(Locale.ROOT, "%s in %.2f ms", text, millis));
    }
}
