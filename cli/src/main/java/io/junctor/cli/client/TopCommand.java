package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.listing.RealmSnapshot;
import io.junctor.cli.client.listing.RealmSnapshotReader;
import io.junctor.cli.client.listing.TopScreen;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.cli.client.process.SignalHook;
import io.junctor.cli.client.process.TerminalScreen;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.cli.syntax.DurationConverter;
import io.junctor.cli.syntax.PositiveNumberConverter;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Shows the sessions, topics and procedures of a realm with their message rates. */
final class TopCommand implements Callable<Integer> {
    private final ConnectionOptions connection;

    private final OutputOptions printing;

    private final CommandLineArgument<Duration> interval = CommandLineArgument.option(
            "--interval",
            "TIME",
            "The time between two looks. Default: 2s.",
            new DurationConverter(),
            Duration.ofSeconds(2));

    private final CommandLineArgument<Integer> count = CommandLineArgument.option(
            "-n, --count", "N", "End after N looks. Default: go on.", new PositiveNumberConverter(), 0);

    TopCommand(CommandEnvironment environment) {
        connection = new ConnectionOptions(environment);
        printing = new OutputOptions(environment);
    }

    CommandSpec spec() {
        return CommandSyntax.of(
                        this,
                        "top",
                        "Shows sessions, topics and procedures of the realm, the busiest first, again and again; Ctrl-C ends it."
                                + " Junctor tells rates to roles with permission to call junctor.session.list, junctor.topic.list and"
                                + " junctor.procedure.list; otherwise the meta API is asked, which tells no rates.")
                .with(connection::addTo)
                .with(printing::addTo)
                .add(interval, count)
                .spec();
    }

    @Override
    public Integer call() throws InterruptedException {
        ResultPrinter output = printing.output();
        String title = "realm " + connection.merged().realm() + " at "
                + connection.merged().url();
        return connection.withSession(session -> {
            try {
                show(session, title, output);
                return ExitStatus.OK.code();
            } catch (WampException failure) {
                throw RouterConnection.failed("top", failure);
            }
        });
    }

    private static String shown(TopScreen.Line line, ResultPrinter output) {
        String visible = ResultPrinter.visible(line.text());
        return line.isHeading() ? output.environment().heading(visible) : visible;
    }

    private void show(Session session, String title, ResultPrinter output) throws InterruptedException {
        RealmSnapshotReader source = new RealmSnapshotReader(session);
        TopScreen layout = new TopScreen();
        boolean drawing = !output.isJson() && output.environment().isTerminal();
        try (TerminalScreen screen = new TerminalScreen(output.environment(), drawing);
                SignalHook unused = SignalHook.closing(screen::close)) {
            for (long looks = 1; !output.isClosed(); looks++) {
                RealmSnapshot snapshot = layout.rated(source.read());
                if (output.isJson()) {
                    output.print(TopScreen.object(snapshot), "");
                } else {
                    TerminalScreen.Size size = screen.size();
                    screen.show(TopScreen.lines(title, snapshot, size.lines(), size.columns()).stream()
                            .map(line -> shown(line, output))
                            .toList());
                }
                if (looks == count.value()) {
                    return;
                }
                Thread.sleep(interval.value());
            }
        }
    }
}
