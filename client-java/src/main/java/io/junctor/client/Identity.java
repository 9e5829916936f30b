package io.junctor.client;

import io.junctor.wamp.options.Disclosure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Who published, called or left (sections "Publisher Identification" and "Caller Identification").
 *
 * @param session the id of the session, or null where the router does not say
 * @param authid its authid, or null where the router does not say
 * @param authrole its role, or null where the router does not say
 */
public record Identity(
        @Nullable Long session,
        @Nullable String authid,
        @Nullable String authrole) {
    static Optional<Identity> of(@Nullable Disclosure disclosure) {
        return Optional.ofNullable(disclosure)
                .map(known -> new Identity(known.session(), known.authid(), known.authrole()));
    }
}
