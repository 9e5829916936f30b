package io.junctor.wamp.message;

import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;

/**
 * The message {@code ERROR}: a request or an invocation failed (section "Results and Errors").
 *
 * @param requestType the type code of the request that failed
 * @param request the id of the request
 * @param details the details
 * @param error the error URI
 * @param payload the arguments
 */
public record ErrorMessage(int requestType, long request, ErrorDetails details, Uri error, Payload payload)
        implements FromClient, FromRouter {
    /** The type code. */
    public static final int CODE = 8;

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public ErrorMessage withoutExtra() {
        ErrorDetails known = details.withoutExtra();
        return known == details ? this : new ErrorMessage(requestType, request, known, error, payload);
    }
}
