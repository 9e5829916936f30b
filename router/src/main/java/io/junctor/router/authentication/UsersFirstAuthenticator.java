package io.junctor.router.authentication;

import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;

/** Finds the users of the configuration, and asks another authenticator about all other clients. Thread-safe. */
public final class UsersFirstAuthenticator implements Authenticator {
    private final UserTable users;
    private final Authenticator others;

    /** Creates an authenticator that asks {@code others} about the clients that {@code users} does not contain. */
    public UsersFirstAuthenticator(UserTable users, Authenticator others) {
        this.users = users;
        this.others = others;
    }

    @Override
    public AuthenticationDecision authenticate(AuthenticationRequest request) {
        return users.has(request) ? users.authenticate(request) : others.authenticate(request);
    }
}
