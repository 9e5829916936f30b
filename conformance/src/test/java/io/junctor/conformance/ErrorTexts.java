package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.WampError;
import java.util.List;

/** Expects ERROR and ABORT with their whole texts. */
final class ErrorTexts {
    private ErrorTexts() {}

    /** The next message is an ERROR of the router whose only argument is this text. */
    static void expectText(Peer peer, String text) {
        ErrorMessage error = peer.expect(ErrorMessage.class);
        assertThat(peer.arguments(error.payload()).positional()).isEqualTo(List.of(text));
        assertThat(error.requestType()).isNotEqualTo(Invocation.CODE);
    }

    /** The next message is an ABORT with this text, which ends the connection. */
    static void expectAbort(Peer peer, WampError reason, String text) {
        Abort abort = peer.expectAbort(reason);
        assertThat(abort.details().message()).isEqualTo(text);
        peer.expectClosed();
    }

    /** The next message is an ABORT for a violation of the protocol, with this text. */
    static void expectViolation(Peer peer, String text) {
        expectAbort(peer, WampError.PROTOCOL_VIOLATION, text);
    }
}
