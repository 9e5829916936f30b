package io.junctor.client.auth;

import io.junctor.client.internal.ChallengeResponder;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.value.Dict;

/** Answers WAMP-CRA: signs the challenge with the secret or a key derived from it. */
record CraResponder(String secret) implements ChallengeResponder {
    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int MAX_KEY_BYTES = 1_024;

    @Override
    public Authenticate answer(Challenge challenge) {
        SecretResponder.require(challenge, "wampcra");
        Dict extra = challenge.extra();
        String text = extra.text("challenge");
        if (text == null) {
            throw new CannotAnswerException("CHALLENGE has no 'challenge'");
        }
        return new Authenticate(Cra.sign(key(extra), text), Dict.EMPTY);
    }

    private String key(Dict extra) {
        String salt = extra.text("salt");
        if (salt == null || salt.isEmpty()) {
            return secret;
        }
        int iterations = cost(extra, "iterations", Cra.DEFAULT_ITERATIONS, MAX_ITERATIONS);
        int keyBytes = cost(extra, "keylen", Cra.DEFAULT_KEY_BYTES, MAX_KEY_BYTES);
        return Cra.derivedKey(secret, salt, iterations, keyBytes);
    }

    static int cost(Dict extra, String key, int otherwise, int most) {
        Long cost = extra.integer(key, 1);
        if (cost != null && cost > most) {
            throw new CannotAnswerException("'" + key + "' of CHALLENGE is over " + most);
        }
        return cost == null ? otherwise : cost.intValue();
    }

    @Override
    public String toString() {
        return "CraResponder[]";
    }
}
