package io.junctor.router.connection;

import io.junctor.router.audit.MinuteLogLimit;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.Identity;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs, at most once a minute, a message that the router cannot send to a client, because the client's serialization cannot express it or
 * because it is too large. Confined to the thread that drains the client's outbox.
 */
public final class UndeliverableLog {
    private static final Logger LOG = LoggerFactory.getLogger(UndeliverableLog.class);

    private final Connection client;
    private final MinuteLogLimit limit;
    private final Executor workers;

    UndeliverableLog(Connection client, Timers timers, Executor workers) {
        this.client = client;
        this.limit = new MinuteLogLimit(timers::nanos);
        this.workers = workers;
    }

    /** Logs that {@code message} cannot be sent to the session, unless such a message was logged in the last minute. */
    public void log(String realm, long session, Identity identity, FromRouter message, OutboxListener.Problem problem) {
        if (!limit.admits()) {
            return;
        }
        String consequence = consequence(message);
        workers.execute(() -> ClientLogEntry.of(LOG, client)
                .session(realm, session, identity)
                .entry()
                .log(
                        "session {} (authid {}, role {}, {}, {}): {}: {}; more of them in the next minute are only counted",
                        session,
                        identity.authid(),
                        identity.authrole(),
                        client.peer(),
                        client.serializer(),
                        consequence,
                        problem.text()));
    }

    private static String consequence(FromRouter message) {
        return switch (message) {
            case Event event -> "EVENT of subscription " + event.subscription() + " dropped";
            case Invocation invocation ->
                "INVOCATION " + invocation.request() + " of registration " + invocation.registration()
                        + " not sent, its caller gets an ERROR";
            case Result result -> "RESULT of its call " + result.request() + " replaced by an ERROR";
            case ErrorMessage error -> "ERROR for its request " + error.request() + " replaced by another";
            default -> message.getClass().getSimpleName().toUpperCase(Locale.ROOT) + " not sent";
        };
    }
}
