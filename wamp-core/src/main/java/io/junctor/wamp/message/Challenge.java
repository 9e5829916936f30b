package io.junctor.wamp.message;

import io.junctor.wamp.value.Dict;

/**
 * Asks a client to authenticate (section "Authentication").
 *
 * @param method the authentication method
 * @param extra the data of the authentication method
 */
public record Challenge(String method, Dict extra) implements FromRouter {
    /** The type code. */
    public static final int CODE = 4;

    @Override
    public int code() {
        return CODE;
    }
}
