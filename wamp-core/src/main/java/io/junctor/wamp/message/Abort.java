package io.junctor.wamp.message;

import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;

/**
 * Ends a session or a handshake immediately; the peer does not answer (section "Session Establishment").
 *
 * @param details the details
 * @param reason the reason
 * @param payload the arguments
 */
public record Abort(CloseDetails details, Uri reason, Payload payload) implements SessionMessage, FromRouter {
    /** The type code. */
    public static final int CODE = 3;

    @Override
    public int code() {
        return CODE;
    }
}
