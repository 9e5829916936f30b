package io.junctor.router.spi;

import io.junctor.wamp.value.Dict;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. A client that wants to join, as far as it has told. Nothing of it is proven but {@code transport}.
 *
 * @param realm the realm it names
 * @param session the id of the session to be
 * @param method the method in use
 * @param authid who it says it is, or null
 * @param authrole the role it wishes for, or null
 * @param authextra what it sent for the method
 * @param transport what the router knows of its connection
 * @param ticket the ticket it sent, for {@link AuthMethod#TICKET} only
 */
public record AuthenticationRequest(
        String realm,
        long session,
        AuthMethod method,
        @Nullable String authid,
        @Nullable String authrole,
        Dict authextra,
        TransportDetails transport,
        @Nullable String ticket) {

    /** Where it is: address and port. */
    public String peer() {
        return transport.peer();
    }

    public AuthenticationRequest withTicket(String text) {
        return new AuthenticationRequest(realm, session, method, authid, authrole, authextra, transport, text);
    }

    public AuthenticationRequest as(String name) {
        return new AuthenticationRequest(realm, session, method, name, authrole, authextra, transport, ticket);
    }

    /** Leaves the ticket and {@code authextra} out. */
    @Override
    public String toString() {
        return "Applicant[realm=" + realm + ", method=" + method.wire() + ", authid=" + authid + ", authrole="
                + authrole + ", peer=" + peer() + "]";
    }
}
