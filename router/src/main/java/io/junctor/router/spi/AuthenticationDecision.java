package io.junctor.router.spi;

/** The decision of an {@link Authenticator} about a client. */
public sealed interface AuthenticationDecision permits AuthenticationDecision.Accepted, JoinRefused {
    /**
     * The client may join after it has proven its credential.
     *
     * @param principal the identity that it gets
     */
    record Accepted(Principal principal) implements AuthenticationDecision {}
}
