package io.junctor.wamp.message;

import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;

/**
 * Calls a procedure (section "Calling and Invocations").
 *
 * @param request the id of the request
 * @param options the options
 * @param procedure the procedure
 * @param payload the arguments
 */
public record Call(long request, CallMessageOptions options, Uri procedure, Payload payload) implements Request {
    /** The type code. */
    public static final int CODE = 48;

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public Call withoutExtra() {
        CallMessageOptions known = options.withoutExtra();
        return known == options ? this : new Call(request, known, procedure, payload);
    }
}
