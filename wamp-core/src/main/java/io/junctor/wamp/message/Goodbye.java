package io.junctor.wamp.message;

import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.value.Uri;

/**
 * Closes a session, or confirms the closing (section "Session Closing").
 *
 * @param details the details
 * @param reason the reason
 */
public record Goodbye(CloseDetails details, Uri reason) implements SessionMessage, FromRouter {
    /** The type code. */
    public static final int CODE = 6;

    @Override
    public int code() {
        return CODE;
    }
}
