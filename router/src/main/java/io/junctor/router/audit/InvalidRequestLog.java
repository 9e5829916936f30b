package io.junctor.router.audit;

import io.junctor.router.turn.Timers;
import io.junctor.wamp.codec.InvalidRequestException;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Yield;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs, at most once a minute for each connection, a request whose arguments cannot be read or whose options contain an unknown value.
 * Confined to the reading thread.
 */
public final class InvalidRequestLog {
    private static final Logger LOG = LoggerFactory.getLogger(InvalidRequestLog.class);

    private final String peer;
    private final MinuteLogLimit limit;
    private final Executor workers;

    /** Creates the log for the client at {@code peer}. */
    public InvalidRequestLog(String peer, Timers timers, Executor workers) {
        this.peer = peer;
        this.limit = new MinuteLogLimit(timers::nanos);
        this.workers = workers;
    }

    /** Logs how the router handles {@code invalid}, unless a request of this connection was logged in the last minute. */
    public void log(long session, @Nullable String authid, InvalidRequestException invalid) {
        if (!limit.admits()) {
            return;
        }
        workers.execute(() -> LOG.info(
                "session {} (authid {}, {}): {} with {}: {}; more of them in the next minute are only counted",
                session,
                authid,
                peer,
                consequence(invalid.message()),
                invalid.error().uri(),
                invalid.logText()));
    }

    private static String consequence(FromClient message) {
        return switch (message) {
            case Publish publish when !publish.options().acknowledge() -> "PUBLISH without acknowledge dropped";
            case Yield yield -> "YIELD answered to the caller";
            case ErrorMessage error -> "ERROR answered to the caller";
            default -> message.getClass().getSimpleName().toUpperCase(Locale.ROOT) + " refused";
        };
    }
}
