package io.junctor.wamp.message;

import io.junctor.wamp.options.WelcomeDetails;

/**
 * Opens a session (section "Session Establishment").
 *
 * @param session the id of the new session
 * @param details the details
 */
public record Welcome(long session, WelcomeDetails details) implements FromRouter {
    /** The type code. */
    public static final int CODE = 2;

    @Override
    public int code() {
        return CODE;
    }
}
