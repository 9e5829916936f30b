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
public record PeerIdentity(
        @Nullable Long session,
        @Nullable String authid,
        @Nullable String authrole) {
    static Optional<PeerIdentity> of(@Nullable Disclosure disclosure) {
        return Optional.ofNullable(disclosure)
                .map(known -> new PeerIdentity(known.session(), known.authid(), known.authrole()));
    }
}
