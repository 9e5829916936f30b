package io.junctor.client.auth;

import io.junctor.client.internal.ChallengeResponder;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.value.Dict;
import java.util.function.Supplier;

/** Answers {@code ticket} and {@code jwt}: sends the secret itself. */
record SecretResponder(String method, Supplier<String> secret) implements ChallengeResponder {
    @Override
    public Authenticate answer(Challenge challenge) {
        require(challenge, method);
        return new Authenticate(secret.get(), Dict.EMPTY);
    }

    /** Checks the method of the challenge, so that a router that asks for another method does not get the secret. */
    static void require(Challenge challenge, String method) {
        if (!challenge.method().equals(method)) {
            throw new CannotAnswerException("no answer to authentication method '" + challenge.method() + "'");
        }
    }

    @Override
    public String toString() {
        return "SecretResponder[" + method + "]";
    }
}
