package io.junctor.wamp.message;

import io.junctor.wamp.options.InterruptOptions;

/**
 * Tells a callee that a call was canceled (section "Call Canceling").
 *
 * @param request the id of the request
 * @param options the options
 */
public record Interrupt(long request, InterruptOptions options) implements FromRouter {
    /** The type code. */
    public static final int CODE = 69;

    @Override
    public int code() {
        return CODE;
    }
}
