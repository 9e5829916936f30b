package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandException;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.client.meta.SessionMetaApi;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Ends sessions. */
final class KillCommand implements Callable<Integer> {
    private final ConnectionOptions connection;

    private final OutputOptions printing;

    private final CommandLineArgument<List<Long>> ids =
            CommandLineArgument.parameters("0..*", "0..*", "SESSION", "The ids of the sessions.", Long.class);

    private final CommandLineArgument<@Nullable String> authid =
            CommandLineArgument.text("--with-authid", "NAME", "All sessions with this authid.", null);

    private final CommandLineArgument<@Nullable String> authrole =
            CommandLineArgument.text("--with-role", "ROLE", "All sessions with this role.", null);

    private final CommandLineArgument<Boolean> all =
            CommandLineArgument.flag("--all", "All sessions of the realm. They leave no testaments.");

    private final CommandLineArgument<String> reason = CommandLineArgument.text(
            "--reason",
            "URI",
            "The reason of GOODBYE. Default: wamp.close.killed.",
            WampError.KILLED.uri().text());

    private final CommandLineArgument<String> message =
            CommandLineArgument.text("--message", "TEXT", "A text for GOODBYE.", "ended by 'junctor kill'");

    KillCommand(CommandEnvironment environment) {
        connection = new ConnectionOptions(environment);
        printing = new OutputOptions(environment);
    }

    CommandSpec spec() {
        return CommandSyntax.of(
                        this,
                        "kill",
                        "Ends sessions and prints how many. The role needs permission to call wamp.session.kill and the like.")
                .with(connection::addTo)
                .with(printing::addTo)
                .add(ids, authid, authrole, all, reason, message)
                .spec();
    }

    @Override
    public Integer call() throws InterruptedException {
        int ways = (ids.value().isEmpty() ? 0 : 1)
                + (authid.value() == null ? 0 : 1)
                + (authrole.value() == null ? 0 : 1)
                + (all.value() ? 1 : 0);
        if (ways != 1) {
            throw CommandException.usage("kill needs either ids of sessions, --with-authid, --with-role or --all");
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
        String user = authid.value();
        String role = authrole.value();
        if (all.value()) {
            return meta.killAll(reason.value(), message.value());
        }
        if (user != null) {
            return meta.killByAuthid(user, reason.value(), message.value()).size();
        }
        if (role != null) {
            return meta.killByAuthrole(role, reason.value(), message.value());
        }
        ids.value().forEach(id -> meta.kill(id, reason.value(), message.value()));
        return ids.value().size();
    }
}
