package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.listing.Listing;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.client.meta.SessionMetaApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the sessions of a realm. */
@Command(
        name = "sessions",
        description = "Lists the sessions of the realm, without its own. The role needs permission to call"
                + " wamp.session.list and wamp.session.get.")
final class SessionsCommand implements Callable<Integer> {
    private static final List<String> COLUMNS = List.of(
            "session", "authid", "authrole", "authmethod", "authprovider", "protocol", "serializer", "peer", "agent");

    @Mixin
    private final ConnectionOptions connection;

    @Mixin
    private final OutputOptions printing;

    @Option(names = "--with-role", split = ",", paramLabel = "ROLE", description = "Only sessions with these roles.")
    private List<String> roles = new ArrayList<>();

    SessionsCommand(CommandEnvironment environment) {
        connection = new ConnectionOptions(environment);
        printing = new OutputOptions(environment);
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
        List<Long> ids = new ArrayList<>(roles.isEmpty() ? meta.list() : meta.list(roles));
        ids.remove(session.id());
        return new Listing(session)
                .details(ids, "wamp.session.get", null).stream()
                        .map(SessionsCommand::flat)
                        .toList();
    }

    /** The details with those of the transport beside the others, so that they can be columns. */
    private static Map<String, @Nullable Object> flat(Map<String, @Nullable Object> details) {
        Map<String, @Nullable Object> flat = new LinkedHashMap<>(details);
        if (flat.remove("transport") instanceof Map<?, ?> transport) {
            transport.forEach((key, value) -> flat.put(String.valueOf(key), value));
        }
        return flat;
    }
}
