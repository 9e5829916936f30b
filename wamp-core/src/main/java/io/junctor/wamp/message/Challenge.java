package io.junctor.wamp.message;

import io.junctor.wamp.value.Dict;

/**
 * Immutable. Asks a client to prove who it is (section "Authentication").
 *
 * @param method the authentication method
 * @param extra what the method needs
 */
public record Challenge(String method, Dict extra) implements FromRouter {
    /** The type code. */
    public static final int CODE = 4;

    @Override
    public int code() {
        return CODE;
    }
}
