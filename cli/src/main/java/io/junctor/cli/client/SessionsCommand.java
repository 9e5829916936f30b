package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.listing.DetailsReader;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.client.meta.SessionMetaApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Lists the sessions of a realm. */
final class SessionsCommand implements Callable<Integer> {
    private static final List<String> COLUMNS = List.of(
            "session", "authid", "authrole", "authmethod", "authprovider", "protocol", "serializer", "peer", "agent");

    private final ConnectionOptions connection;

    private final OutputOptions printing;

    private final CommandLineArgument<String[]> roles =
            CommandLineArgument.list("--with-role", "ROLE", "Only sessions with these roles.", new String[0]);

    SessionsCommand(CommandEnvironment environment) {
        connection = new ConnectionOptions(environment);
        printing = new OutputOptions(environment);
    }

    CommandSpec spec() {
        return CommandSyntax.of(
                        this,
                        "sessions",
                        "Lists the sessions of the realm, without its own. The role needs permission to call"
                                + " wamp.session.list and wamp.session.get.")
                .with(connection::addTo)
                .with(printing::addTo)
                .add(roles)
                .spec();
    }

    @Override
    public Integer call() throws InterruptedException {
        return connection.withSession(session -> {
            try {
                printing.output().printRows(rows(session), COLUMNS);
                return ExitStatus.OK.code();
            } catch (WampException failure) {
                throw RouterConnection.failed("list of sessions", failure);
            }
        });
    }

    private List<Map<String, @Nullable Object>> rows(Session session) {
        SessionMetaApi meta = new SessionMetaApi(session);
        List<Long> ids = new ArrayList<>(roles.value().length == 0 ? meta.list() : meta.list(List.of(roles.value())));
        ids.remove(session.id());
        return new DetailsReader(session)
                .details(ids, "wamp.session.get", null).stream()
                        .map(SessionsCommand::flat)
                        .toList();
    }

    /** Moves the entries of {@code transport} to the top level of the details, so that each can become a column. */
    private static Map<String, @Nullable Object> flat(Map<String, @Nullable Object> details) {
        Map<String, @Nullable Object> flat = new LinkedHashMap<>(details);
        if (flat.remove("transport") instanceof Map<?, ?> transport) {
            transport.forEach((key, value) -> flat.put(String.valueOf(key), value));
        }
        return flat;
    }
}
