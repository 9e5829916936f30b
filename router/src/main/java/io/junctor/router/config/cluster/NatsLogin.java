package io.junctor.router.config.cluster;

/** The credentials with which a router connects to NATS. {@code toString} shows no secret. */
public sealed interface NatsLogin
        permits NatsLogin.None, NatsLogin.UserPassword, NatsLogin.Token, NatsLogin.Seed, NatsLogin.Credentials {
    /** No credentials. */
    record None() implements NatsLogin {
        @Override
        public String toString() {
            return "no login";
        }
    }

    /** A user name and a password. */
    record UserPassword(String user, String password) implements NatsLogin {
        @Override
        public String toString() {
            return "user " + user;
        }
    }

    /** A token that all clients share. */
    record Token(String token) implements NatsLogin {
        @Override
        public String toString() {
            return "token";
        }
    }

    /** The seed of an nkey, which begins with {@code SU}. */
    record Seed(String seed) implements NatsLogin {
        @Override
        public String toString() {
            return "nkey";
        }
    }

    /** The text of a credentials file, which contains a JWT and a seed. */
    record Credentials(String text) implements NatsLogin {
        @Override
        public String toString() {
            return "credentials";
        }
    }
}
