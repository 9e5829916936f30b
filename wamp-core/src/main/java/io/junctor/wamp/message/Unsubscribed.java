package io.junctor.wamp.message;

import io.junctor.wamp.options.RevocationDetails;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Answers an unsubscribe, or revokes a subscription with request 0 (section "Subscribing and Unsubscribing").
 *
 * @param request the id of the request
 * @param revocation what was revoked, or null if this answers a request
 */
public record Unsubscribed(long request, @Nullable RevocationDetails revocation) implements FromRouter {
    /** The type code. */
    public static final int CODE = 35;

    @Override
    public int code() {
        return CODE;
    }
}
