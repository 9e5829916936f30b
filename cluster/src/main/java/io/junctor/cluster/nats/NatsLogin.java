package io.junctor.cluster.nats;

import java.nio.file.Path;

/** How a router logs in to NATS. Immutable; its text shows no secret. */
public sealed interface NatsLogin
        permits NatsLogin.None, NatsLogin.UserPassword, NatsLogin.Token, NatsLogin.Seed, NatsLogin.CredentialsFile {
    /** Without a login. */
    record None() implements NatsLogin {}

    /** With a user name and a password. */
    record UserPassword(String user, String password) implements NatsLogin {
        @Override
        public String toString() {
            return "user " + user;
        }
    }

    /** With a token that all clients share. */
    record Token(String token) implements NatsLogin {
        @Override
        public String toString() {
            return "token";
        }
    }

    /** With the seed of an nkey, which begins with {@code SU}. */
    record Seed(String seed) implements NatsLogin {
        @Override
        public String toString() {
            return "nkey";
        }
    }

    /** With a file that has a JWT and a seed. It is read again at each connection. */
    record CredentialsFile(Path file) implements NatsLogin {}
}
