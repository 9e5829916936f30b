package io.junctor.router.realm;

import io.junctor.router.connection.Outbox;
import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.JoinRefused;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.WampError;

/** Used by one thread at a time, the one that fills the outbox. The last message to a client, before its transport closes. */
final class FinalMessage {
    private final FlowControl brakes;
    private final Outbox outbox;
    private final RouterContext surroundings;
    private final boolean tellsShutdown;

    FinalMessage(FlowControl brakes, Outbox outbox, RouterContext surroundings, boolean tellsShutdown) {
        this.brakes = brakes;
        this.outbox = outbox;
        this.surroundings = surroundings;
        this.tellsShutdown = tellsShutdown;
    }

    /** The client broke the protocol. */
    void violation(String problem) {
        surroundings.counters().increment(Counter.PROTOCOL_VIOLATIONS);
        // Client libraries tend to keep the reason of an ABORT to themselves.
        brakes.logLater("{} broke the protocol: " + problem.replace("{}", "()"));
        append(new Abort(CloseDetails.message(problem), WampError.PROTOCOL_VIOLATION.uri(), Payload.NONE));
    }

    /** The client may not join. */
    void refusal(JoinRefused refused) {
        surroundings.counters().increment(Counter.JOINS_REFUSED);
        append(refused);
    }

    /** The router shuts down; said only where the configuration wants it. */
    void shutdown() {
        if (tellsShutdown) {
            append(Realms.SHUTS_DOWN);
        }
    }

    private void append(JoinRefused reason) {
        append(new Abort(reason.closeDetails(), reason.reason(), Payload.NONE));
    }

    private void append(Abort abort) {
        outbox.append(abort, Payload.NONE);
    }
}
