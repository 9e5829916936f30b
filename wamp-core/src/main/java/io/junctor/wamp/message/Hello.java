package io.junctor.wamp.message;

import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/**
 * Asks to join a realm (section "Session Establishment").
 *
 * @param realm the realm to join, or null if the authenticator should choose the realm
 * @param details the details
 */
public record Hello(@Nullable Uri realm, HelloDetails details) implements SessionMessage {
    /** The type code. */
    public static final int CODE = 1;

    @Override
    public int code() {
        return CODE;
    }
}
