package io.junctor.router.spi;

import io.junctor.wamp.value.Dict;
import org.jspecify.annotations.Nullable;

/**
 * The request of a client to join a realm. Only {@code transport} is verified by the router.
 *
 * @param realm the realm of {@code HELLO}, or null if it names none: then the authenticator must choose one
 * @param session the id that the session will have
 * @param method the selected method
 * @param authid the authid of {@code HELLO}, or null
 * @param authrole the authrole of {@code HELLO}, or null
 * @param authextra the {@code authextra} of {@code HELLO}
 * @param transport the details of the connection that the router knows
 * @param ticket the ticket of the client, for {@link AuthMethod#TICKET} only
 */
public record AuthenticationRequest(
        @Nullable String realm,
        long session,
        AuthMethod method,
        @Nullable String authid,
        @Nullable String authrole,
        Dict authextra,
        TransportDetails transport,
        @Nullable String ticket) {

    /** The address and port of the client. */
    public String peer() {
        return transport.peer();
    }

    public AuthenticationRequest withTicket(String text) {
        return new AuthenticationRequest(realm, session, method, authid, authrole, authextra, transport, text);
    }

    public AuthenticationRequest as(String name) {
        return new AuthenticationRequest(realm, session, method, name, authrole, authextra, transport, ticket);
    }

    /** Omits the ticket and {@code authextra}. */
    @Override
    public String toString() {
        return "Applicant[realm=" + realm + ", method=" + method.wire() + ", authid=" + authid + ", authrole="
                + authrole + ", peer=" + peer() + "]";
    }
}
