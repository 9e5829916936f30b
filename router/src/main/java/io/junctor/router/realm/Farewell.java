package io.junctor.router.realm;

import io.junctor.router.auth.Refused;
import io.junctor.router.metrics.Counter;
import io.junctor.router.session.Outbox;
import io.junctor.router.transport.Connection;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.WampError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Used by one thread at a time, the one that fills the outbox. The last message to a client, before its transport closes. */
final class Farewell {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private final Connection connection;
    private final Outbox outbox;
    private final Surroundings surroundings;
    private final boolean tellsShutdown;

    Farewell(Connection connection, Outbox outbox, Surroundings surroundings, boolean tellsShutdown) {
        this.connection = connection;
        this.outbox = outbox;
        this.surroundings = surroundings;
        this.tellsShutdown = tellsShutdown;
    }

    /** The client broke the protocol. */
    void violation(String problem) {
        surroundings.counters().increment(Counter.PROTOCOL_VIOLATIONS);
        // Client libraries tend to keep the reason of an ABORT to themselves.
        surroundings.workers().execute(() -> LOG.info("{} broke the protocol: {}", connection.peer(), problem));
        append(new Abort(CloseDetails.message(problem), WampError.PROTOCOL_VIOLATION.uri(), Payload.NONE));
    }

    /** The client may not join; {@code wish} says what it asked for. */
    void refusal(Refused refused, String wish) {
        surroundings.counters().increment(Counter.JOINS_REFUSED);
        LOG.info("{} refused: {} ({}){}", connection.peer(), refused.reason(), refused.text(), wish);
        append(refused);
    }

    /** The router shuts down; said only where the configuration wants it. */
    void shutdown() {
        if (tellsShutdown) {
            append(Realms.SHUTS_DOWN);
        }
    }

    private void append(Refused reason) {
        append(new Abort(reason.closeDetails(), reason.reason(), Payload.NONE));
    }

    private void append(Abort abort) {
        outbox.append(abort, Payload.NONE);
    }
}
