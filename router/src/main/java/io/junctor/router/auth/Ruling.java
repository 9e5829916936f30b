package io.junctor.router.auth;

/** Immutable. What an {@link Authenticator} says of a client. */
public sealed interface Ruling permits Ruling.Accepted, Refused {
    /**
     * Immutable. It may join once it has proven its credential.
     *
     * @param principal who it is then
     */
    record Accepted(Principal principal) implements Ruling {}
}
