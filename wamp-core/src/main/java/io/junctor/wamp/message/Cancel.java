package io.junctor.wamp.message;

import io.junctor.wamp.options.CancelOptions;

/**
 * Cancels a call (section "Call Canceling").
 *
 * @param request the id of the request
 * @param options the options
 */
public record Cancel(long request, CancelOptions options) implements FromClient {
    /** The type code. */
    public static final int CODE = 49;

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public Cancel withoutExtra() {
        CancelOptions known = options.withoutExtra();
        return known == options ? this : new Cancel(request, known);
    }
}
