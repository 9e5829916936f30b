package io.junctor.wamp.message;

import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Payload;

/**
 * Returns the result of an invocation (section "Results and Errors").
 *
 * @param request the id of the request
 * @param options the options
 * @param payload the arguments
 */
public record Yield(long request, ResultDetails options, Payload payload) implements FromClient {
    /** The type code. */
    public static final int CODE = 70;

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public Yield withoutExtra() {
        ResultDetails known = options.withoutExtra();
        return known == options ? this : new Yield(request, known, payload);
    }
}
