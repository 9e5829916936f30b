package io.junctor.router.spi;

/** Immutable. What an {@link Authenticator} says of a client. */
public sealed interface AuthenticationDecision permits AuthenticationDecision.Accepted, JoinRefused {
    /**
     * Immutable. It may join once it has proven its credential.
     *
     * @param principal who it is then
     */
    record Accepted(Principal principal) implements AuthenticationDecision {}
}
