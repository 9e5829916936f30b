package io.junctor.wamp.message;

import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Payload;

/**
 * Returns the result of a call (section "Results and Errors").
 *
 * @param request the id of the request
 * @param details the details
 * @param payload the arguments
 */
public record Result(long request, ResultDetails details, Payload payload) implements FromRouter {
    /** The type code. */
    public static final int CODE = 50;

    @Override
    public int code() {
        return CODE;
    }
}
