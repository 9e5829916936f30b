package io.junctor.router.spi;

/**
 * Tells the router who a client is and which credential it has to prove, in place of users in the configuration. Has
 * to be thread-safe.
 *
 * <p>For {@code ticket} the router asks when it has the ticket; the authenticator checks the ticket itself, or
 * returns the {@link Credential.Secret} to compare it with. For the other methods the router asks after {@code
 * HELLO}, and compares the client's answer with the credential. For {@code tls} it asks only about clients with a
 * certificate of a trusted authority. For an unknown client return a credential that cannot be proven: the client
 * then gets the same answers as one with a wrong secret.
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * Decides about a client. The router calls it on a virtual thread, so it may block; meanwhile the router does not
     * read from that client. If it takes more than 5 s or throws, the client gets {@code ABORT
     * wamp.error.authentication_failed}.
     *
     * @param request what the client said
     */
    AuthenticationDecision authenticate(AuthenticationRequest request);
}
