package io.junctor.router.config.cluster;

/** How a router logs in to NATS. Immutable; its text shows no secret. */
public sealed interface NatsLogin
        permits NatsLogin.None, NatsLogin.UserPassword, NatsLogin.Token, NatsLogin.Seed, NatsLogin.Credentials {
    /** Without a login. */
    record None() implements NatsLogin {
        @Override
        public String toString() {
            return "no login";
        }
    }

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

    /** With the text of a credentials file, which has a JWT and a seed. */
    record Credentials(String text) implements NatsLogin {
        @Override
        public String toString() {
            return "credentials";
        }
    }
}
