package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.listing.RealmFigures;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists what sessions of a realm have subscribed to or registered. */
sealed class UrisCommand implements Callable<Integer> permits UrisCommand.Topics, UrisCommand.Procedures {
    private final What what;

    @Mixin
    private final ConnectionOptions connection;

    @Mixin
    private final OutputOptions printing;

    @Parameters(
            paramLabel = "PREFIX",
            arity = "0..1",
            description = "Only URIs and patterns that begin with this text.")
    private String prefix = "";

    private UrisCommand(What what, CommandEnvironment environment) {
        this.what = what;
        connection = new ConnectionOptions(environment);
        printing = new OutputOptions(environment);
    }

    /** Lists subscriptions. */
    @Command(
            name = "topics",
            description = "Lists the topics and patterns to which sessions of the realm have subscribed. The role needs"
                    + " permission to call wamp.subscription.list, .get and .count_subscribers.")
    static final class Topics extends UrisCommand {
        Topics(CommandEnvironment environment) {
            super(What.SUBSCRIPTIONS, environment);
        }
    }

    /** Lists registrations. */
    @Command(
            name = "procedures",
            description = "Lists the procedures and patterns that sessions of the realm have registered. The role needs"
                    + " permission to call wamp.registration.list, .get and .count_callees.")
    static final class Procedures extends UrisCommand {
        Procedures(CommandEnvironment environment) {
            super(What.REGISTRATIONS, environment);
        }
    }

    /** The two kinds. */
    private enum What {
        SUBSCRIPTIONS("subscribers"),
        REGISTRATIONS("callees");

        private final String users;

        What(String users) {
            this.users = users;
        }

        List<Map<String, @Nullable Object>> rows(RealmFigures figures) {
            return switch (this) {
                case SUBSCRIPTIONS -> figures.subscriptions();
                case REGISTRATIONS -> figures.registrations();
            };
        }
    }

    @Override
    public final Integer call() throws InterruptedException {
        return connection.withSession(session -> {
            try {
                printing.output()
                        .printRows(rows(session), List.of("uri", "match", "invoke", what.users, "created", "id"));
                return ExitStatus.OK.code();
            } catch (WampException failure) {
                throw RouterConnection.failed("list", failure);
            }
        });
    }

    private List<Map<String, @Nullable Object>> rows(Session session) {
        return what.rows(new RealmFigures(session)).stream()
                .filter(row -> String.valueOf(row.get("uri")).startsWith(prefix))
                .sorted(Comparator.comparing(row -> String.valueOf(row.get("uri"))))
                .toList();
    }
}
