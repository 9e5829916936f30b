package io.junctor.wamp.message;

import io.junctor.wamp.value.Dict;

/**
 * Answers a challenge (section "Authentication").
 *
 * @param signature the answer to the challenge
 * @param extra the data of the authentication method
 */
public record Authenticate(String signature, Dict extra) implements SessionMessage {
    /** The type code. */
    public static final int CODE = 5;

    @Override
    public int code() {
        return CODE;
    }
}
