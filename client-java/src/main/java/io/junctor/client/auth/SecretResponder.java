package io.junctor.client.auth;

import io.junctor.client.internal.ChallengeResponder;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.value.Dict;
import java.util.function.Supplier;

/** Sends the secret itself: ticket and jwt. */
record SecretResponder(String method, Supplier<String> secret) implements ChallengeResponder {
    @Override
    public Authenticate answer(Challenge challenge) {
        require(challenge, method);
        return new Authenticate(secret.get(), Dict.EMPTY);
    }

    /** A router that asks for another method than was offered must not get the secret. */
    static void require(Challenge challenge, String method) {
        if (!challenge.method().equals(method)) {
            throw new CannotAnswer("no answer to authentication method '" + challenge.method() + "'");
        }
    }

    @Override
    public String toString() {
        return "SendingAnswerer[" + method + "]";
    }
}
