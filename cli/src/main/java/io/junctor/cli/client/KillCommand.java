package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandFailure;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.client.meta.SessionMetaApi;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends sessions. */
@Command(
        name = "kill",
        description =
                "Ends sessions and prints how many. The role needs permission to call wamp.session.kill and the like.")
final class KillCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions connection;

    @Mixin
    private final OutputOptions printing;

    @Parameters(paramLabel = "SESSION", arity = "0..*", description = "The ids of the sessions.")
    private List<Long> ids = new ArrayList<>();

    @Option(names = "--with-authid", paramLabel = "NAME", description = "All sessions with this authid.")
    private @Nullable String authid;

    @Option(names = "--with-role", paramLabel = "ROLE", description = "All sessions with this role.")
    private @Nullable String authrole;

    @Option(names = "--all", description = "All sessions of the realm. They leave no testaments.")
    private boolean all;

    @Option(names = "--reason", paramLabel = "URI", description = "The reason of GOODBYE. Default: wamp.close.killed.")
    private String reason = WampError.KILLED.uri().text();

    @Option(names = "--message", paramLabel = "TEXT", description = "A text for GOODBYE.")
    private String message = "ended by 'junctor kill'";

    KillCommand(CommandEnvironment environment) {
        connection = new ConnectionOptions(environment);
        printing = new OutputOptions(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        int ways = (ids.isEmpty() ? 0 : 1) + (authid == null ? 0 : 1) + (authrole == null ? 0 : 1) + (all ? 1 : 0);
        if (ways != 1) {
            throw CommandFailure.usage("kill needs either ids of sessions, --with-authid, --with-role or --all");
        }
        return connection.withSession(session -> {
            try {
                long killed = kill(session);
                printing.output()
                        .print(Map.of("killed", killed), "ended " + killed + (killed == 1 ? " session" : " sessions"));
                return ExitStatus.OK.code();
            } catch (WampException failure) {
                throw RouterConnection.failed("kill", failure);
            }
        });
    }

    private long kill(Session session) {
        SessionMetaApi meta = new SessionMetaApi(session);
        if (all) {
            return meta.killAll(reason, message);
        }
        if (authid != null) {
            return meta.killByAuthid(authid, reason, message).size();
        }
        if (authrole != null) {
            return meta.killByAuthrole(authrole, reason, message);
        }
        ids.forEach(id -> meta.kill(id, reason, message));
        return ids.size();
    }
}
