package io.junctor.router.spi;

/**
 * Decides which identity a client has, and which credential proves it. It replaces users in the configuration.
 * Implementations must be thread-safe.
 *
 * <p>For {@code ticket} the router calls the authenticator when it has received the ticket; the authenticator checks the ticket itself, or
 * returns the {@link Credential.Secret} with which the router compares the ticket. For the other methods the router calls the authenticator
 * after {@code HELLO}, and compares the client's answer with the credential. For {@code tls} the router calls it only for clients with a
 * certificate of a trusted authority. For an unknown client, return a credential that cannot be proven; the client then gets the same
 * answers as a client with a wrong secret.
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * Decides about a client. The router calls it on a virtual thread, so this method may block; meanwhile the router does not read from
     * that client. If the method takes more than 5 s or throws an exception, the client gets
     * {@code ABORT wamp.error.authentication_failed}.
     *
     * @param request the request of the client
     */
    AuthenticationDecision authenticate(AuthenticationRequest request);
}
