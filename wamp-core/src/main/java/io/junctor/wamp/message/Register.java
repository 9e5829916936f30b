package io.junctor.wamp.message;

import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Uri;

/**
 * Registers a procedure (section "Registering and Unregistering").
 *
 * @param request the id of the request
 * @param options the options
 * @param procedure the procedure
 */
public record Register(long request, RegisterMessageOptions options, Uri procedure) implements Request {
    /** The type code. */
    public static final int CODE = 64;

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public Register withoutExtra() {
        RegisterMessageOptions known = options.withoutExtra();
        return known == options ? this : new Register(request, known, procedure);
    }
}
