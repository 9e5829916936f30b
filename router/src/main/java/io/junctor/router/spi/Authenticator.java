package io.junctor.router.spi;

/**
 * Safe for use by many threads. Says who a client is and what it has to prove, in place of users in the configuration.
 *
 * <p>For {@code tls} it is asked about clients with a certificate of a trusted authority only. For {@code ticket} it is asked when the ticket is there, and decides about it itself or gives the
 * {@link Credential.Secret} to compare it with. For the other methods it is asked after {@code HELLO}, and gives the
 * credential that the router then holds the client's answer, or for {@code tls} its certificate, against. An unknown client should get the same answers as one with a
 * wrong secret: give a credential that nobody can prove.
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * Decides about a client. Called on a virtual thread for each client and may block; meanwhile that client's connection is not
     * read. What takes more than 5 s or throws is answered by {@code ABORT wamp.error.authentication_failed}.
     *
     * @param applicant what the client said
     */
    AuthenticationDecision authenticate(AuthenticationRequest applicant);
}
