package io.junctor.router.realm;

import io.junctor.router.authorization.Verdict;
import io.junctor.router.metrics.Counter;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.wamp.codec.InvalidRequest;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Yield;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Used by the thread that reads from one client. Refuses requests, results and errors whose arguments cannot be read, or whose options
 * hold a value that is not known: each is counted, and the first one in a minute is logged, for the operator of the client.
 */
final class InvalidRequests {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final RouterContext surroundings;
    private boolean hasLogged;
    private long loggedNanos;

    InvalidRequests(RouterContext surroundings) {
        this.surroundings = surroundings;
    }

    /** Refuses what {@code from} sent in {@code receivedBytes}, behind everything it sent before. */
    void refuse(JoinedSession from, InvalidRequest invalid, int receivedBytes) {
        surroundings.counters().increment(Counter.REQUESTS_INVALID);
        log(from.session(), from.link().peer(), invalid);
        String whose = switch (invalid.message()) {
            case Yield ignored -> "the callee's result cannot be passed on: ";
            case ErrorMessage ignored -> "the arguments of the callee's error cannot be passed on: ";
            default -> "";
        };
        Refusal refusal = Refusal.of(invalid.error(), whose + invalid.problem());
        from.realm().submit(from, invalid.message(), new Verdict.Refused(refusal), receivedBytes);
    }

    private void log(Session session, String peer, InvalidRequest invalid) {
        long now = surroundings.timers().nanos();
        if (hasLogged && now - loggedNanos < QUIET_NANOS) {
            return;
        }
        hasLogged = true;
        loggedNanos = now;
        surroundings
                .workers()
                .execute(() -> LOG.info(
                        "{} (session {}, authid {}): {} with {}: {}; more of them in the next minute are only counted",
                        peer,
                        session.id(),
                        session.identity().authid(),
                        fate(invalid.message()),
                        invalid.error().uri(),
                        invalid.fault()));
    }

    private static String fate(FromClient message) {
        return switch (message) {
            case Publish publish when !publish.options().acknowledge() -> "PUBLISH without acknowledge dropped";
            case Yield ignored -> "YIELD answered to the caller";
            case ErrorMessage ignored -> "ERROR answered to the caller";
            default -> message.getClass().getSimpleName().toUpperCase(Locale.ROOT) + " refused";
        };
    }
}
