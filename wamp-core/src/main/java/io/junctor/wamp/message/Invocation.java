package io.junctor.wamp.message;

import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.value.Payload;

/**
 * Asks a callee to carry out a call (section "Calling and Invocations").
 *
 * @param request the id of the request
 * @param registration the id of the registration
 * @param details the details
 * @param payload the arguments
 */
public record Invocation(long request, long registration, InvocationDetails details, Payload payload)
        implements FromRouter {
    /** The type code. */
    public static final int CODE = 68;

    @Override
    public int code() {
        return CODE;
    }
}
