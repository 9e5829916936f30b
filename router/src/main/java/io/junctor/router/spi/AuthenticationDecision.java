package io.junctor.router.spi;

/** What an {@link Authenticator} decides about a client. */
public sealed interface AuthenticationDecision permits AuthenticationDecision.Accepted, JoinRefused {
    /**
     * The client may join when it has proven its credential.
     *
     * @param principal the identity that it gets
     */
    record Accepted(Principal principal) implements AuthenticationDecision {}
}
