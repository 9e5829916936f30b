package io.junctor.router.connection;

import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.spi.JoinRefused;
import io.junctor.wamp.codec.Utf8;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;

/** Sends {@code ABORT} to a client as the last message before its transport closes. Confined to the thread that fills the outbox. */
final class AbortSender {
    private final ClientFlowControl flowControl;
    private final Outbox outbox;
    private final boolean announcesShutdown;

    AbortSender(ClientFlowControl flowControl, Outbox outbox, boolean announcesShutdown) {
        this.flowControl = flowControl;
        this.outbox = outbox;
        this.announcesShutdown = announcesShutdown;
    }

    /** Whether a text message is not valid UTF-8, for which RFC 6455, section 8.1, requires a separate close code. */
    static boolean isInvalidText(byte[] message, Serializer serializer) {
        return serializer.isText() && Utf8.firstInvalid(message, 0, message.length) >= 0;
    }

    /** Sends {@code ABORT} to a client that broke the protocol. */
    void violation(String problem) {
        flowControl.counters().increment(TransportCounter.PROTOCOL_VIOLATIONS);
        // Many client libraries do not show the reason of an ABORT.
        flowControl.logLater("{} broke the protocol: " + problem.replace("{}", "()"));
        append(new Abort(CloseDetails.message(problem), WampError.PROTOCOL_VIOLATION.uri(), Payload.NONE));
    }

    /** Sends {@code ABORT} to a client that is not allowed to join. */
    void refusal(JoinRefused refused) {
        flowControl.counters().increment(TransportCounter.JOINS_REFUSED);
        append(refused);
    }

    /** Sends {@code ABORT} when the router shuts down, if that is configured. */
    void shutdown() {
        if (announcesShutdown) {
            append(ClientConnections.SHUTS_DOWN);
        }
    }

    private void append(JoinRefused reason) {
        append(new Abort(reason.closeDetails(), reason.reason(), Payload.NONE));
    }

    private void append(Abort abort) {
        outbox.append(abort, Payload.NONE);
    }
}
