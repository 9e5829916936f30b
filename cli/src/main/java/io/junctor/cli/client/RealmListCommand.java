package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.listing.RealmSnapshotReader;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Lists the subscriptions or registrations of a realm. */
sealed class RealmListCommand implements Callable<Integer>
        permits RealmListCommand.Topics, RealmListCommand.Procedures {
    private final Kind kind;

    private final ConnectionOptions connection;

    private final OutputOptions printing;

    private final CommandLineArgument<String> prefix =
            CommandLineArgument.optionalParameter("PREFIX", "Only URIs and patterns that begin with this text.", "");

    private RealmListCommand(Kind kind, CommandEnvironment environment) {
        this.kind = kind;
        connection = new ConnectionOptions(environment);
        printing = new OutputOptions(environment);
    }

    /** Lists subscriptions. */
    static final class Topics extends RealmListCommand {
        Topics(CommandEnvironment environment) {
            super(Kind.SUBSCRIPTIONS, environment);
        }
    }

    /** Lists registrations. */
    static final class Procedures extends RealmListCommand {
        Procedures(CommandEnvironment environment) {
            super(Kind.REGISTRATIONS, environment);
        }
    }

    /** The kind of the listed objects. */
    private enum Kind {
        SUBSCRIPTIONS(
                "topics",
                "Lists the topics and patterns to which sessions of the realm have subscribed. The role needs"
                        + " permission to call wamp.subscription.list, .get and .count_subscribers.",
                "subscribers"),
        REGISTRATIONS(
                "procedures",
                "Lists the procedures and patterns that sessions of the realm have registered. The role needs"
                        + " permission to call wamp.registration.list, .get and .count_callees.",
                "callees");

        private final String command;
        private final String description;
        private final String users;

        Kind(String command, String description, String users) {
            this.command = command;
            this.description = description;
            this.users = users;
        }

        List<Map<String, @Nullable Object>> rows(RealmSnapshotReader reader) {
            return switch (this) {
                case SUBSCRIPTIONS -> reader.subscriptions();
                case REGISTRATIONS -> reader.registrations();
            };
        }
    }

    final CommandSpec spec() {
        return CommandSyntax.of(this, kind.command, kind.description)
                .with(connection::addTo)
                .with(printing::addTo)
                .add(prefix)
                .spec();
    }

    @Override
    public final Integer call() throws InterruptedException {
        return connection.withSession(session -> {
            try {
                printing.output()
                        .printRows(rows(session), List.of("uri", "match", "invoke", kind.users, "created", "id"));
                return ExitStatus.OK.code();
            } catch (WampException failure) {
                throw RouterConnection.failed("list", failure);
            }
        });
    }

    private List<Map<String, @Nullable Object>> rows(Session session) {
        return kind.rows(new RealmSnapshotReader(session)).stream()
                .filter(row -> String.valueOf(row.get("uri")).startsWith(prefix.value()))
                .sorted(Comparator.comparing(row -> String.valueOf(row.get("uri"))))
                .toList();
    }
}
