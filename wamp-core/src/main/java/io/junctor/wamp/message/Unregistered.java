package io.junctor.wamp.message;

import io.junctor.wamp.options.RevocationDetails;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code UNREGISTER}, or revokes a registration if the request is 0 (section "Registering and
 * Unregistering").
 *
 * @param request the id of the request
 * @param revocation the revoked registration, or null if this answers a request
 */
public record Unregistered(long request, @Nullable RevocationDetails revocation) implements FromRouter {
    /** The type code. */
    public static final int CODE = 67;

    @Override
    public int code() {
        return CODE;
    }
}
