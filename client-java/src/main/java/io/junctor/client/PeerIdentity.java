package io.junctor.client;

import io.junctor.wamp.options.DisclosedIdentity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The identity of the session that published an event, made a call or left the realm (sections "Publisher Identification" and "Caller
 * Identification").
 *
 * @param session the session id, or null if the router does not disclose it
 * @param authid the authid, or null if the router does not disclose it
 * @param authrole the role, or null if the router does not disclose it
 */
public record PeerIdentity(
        @Nullable Long session,
        @Nullable String authid,
        @Nullable String authrole) {
    static Optional<PeerIdentity> of(@Nullable DisclosedIdentity disclosure) {
        return Optional.ofNullable(disclosure)
                .map(known -> new PeerIdentity(known.session(), known.authid(), known.authrole()));
    }
}
