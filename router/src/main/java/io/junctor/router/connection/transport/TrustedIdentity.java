package io.junctor.router.connection.transport;

/**
 * The identity of a client that need not authenticate, because the program that embeds the router vouches for it.
 *
 * @param authid the authid of its sessions
 * @param authrole their role, which the realm must have
 */
public record TrustedIdentity(String authid, String authrole) {
    /** Refuses empty names. */
    public TrustedIdentity {
        if (authid.isEmpty() || authrole.isEmpty()) {
            throw new IllegalArgumentException("authid and authrole must not be empty");
        }
    }
}
