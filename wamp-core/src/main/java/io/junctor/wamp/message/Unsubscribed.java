package io.junctor.wamp.message;

import io.junctor.wamp.options.RevocationDetails;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code UNSUBSCRIBE}, or revokes a subscription if the request is 0 (section "Subscribing and
 * Unsubscribing").
 *
 * @param request the id of the request
 * @param revocation the revoked subscription, or null if this answers a request
 */
public record Unsubscribed(long request, @Nullable RevocationDetails revocation) implements FromRouter {
    /** The type code. */
    public static final int CODE = 35;

    @Override
    public int code() {
        return CODE;
    }
}
