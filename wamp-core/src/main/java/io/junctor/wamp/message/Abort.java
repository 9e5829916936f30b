package io.junctor.wamp.message;

import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;

/**
 * Immutable. Ends a session, or its opening, at once; never answered (section "Session Establishment").
 *
 * @param details the details
 * @param reason why
 * @param payload the arguments
 */
public record Abort(CloseDetails details, Uri reason, Payload payload) implements FromClient, FromRouter {
    /** The type code. */
    public static final int CODE = 3;

    @Override
    public int code() {
        return CODE;
    }
}
