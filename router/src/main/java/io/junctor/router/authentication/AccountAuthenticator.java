package io.junctor.router.authentication;

import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.PeerCredentials;
import io.junctor.router.spi.Principal;

/** Accepts the accounts of the operating system that the configuration lists. Thread-safe. */
public final class AccountAuthenticator implements Authenticator {
    private final AuthSource.Accounts accounts;

    /** Accepts the clients that {@code accounts} describes. */
    public AccountAuthenticator(AuthSource.Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public AuthenticationDecision authenticate(AuthenticationRequest request) {
        PeerCredentials account = request.transport().credentials();
        if (account == null) {
            return JoinRefused.DENIED;
        }
        Principal user = accounts.users().get(account.user());
        Principal group = accounts.groups().get(account.group());
        Principal found = user != null ? user : group != null ? group : accounts.others();
        if (found == null) {
            return JoinRefused.DENIED;
        }
        String authid = found.authid() == null ? account.user() : found.authid();
        return request.authid() == null || request.authid().equals(authid)
                ? new AuthenticationDecision.Accepted(
                        new Principal(authid, found.roles(), found.realm(), found.extra(), found.credential()))
                : JoinRefused.DENIED;
    }
}
