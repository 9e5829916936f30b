package io.junctor.client.internal;

import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.Welcome;
import org.jspecify.annotations.Nullable;

/** Used by one join, by one thread at a time. Proves to the router who the client is. */
public interface ChallengeResponder {
    /** Can answer nothing, and asks for no proof of the router. */
    ChallengeResponder NONE = new ChallengeResponder() {
        @Override
        public Authenticate answer(Challenge challenge) {
            throw new CannotAnswer("no answer to authentication method '" + challenge.method() + "'");
        }
    };

    /**
     * The answer to a challenge. Called on a thread of its own, as it may take its time.
     *
     * @throws CannotAnswer if there is none
     */
    Authenticate answer(Challenge challenge);

    /** What is wrong with how the router proves itself, or null where nothing is. */
    default @Nullable String problem(Welcome welcome) {
        return null;
    }

    /** A challenge has no answer; the text is sent to the router. */
    final class CannotAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** {@code text} holds no secret. */
        public CannotAnswer(String text) {
            super(text);
        }

        /** The text. */
        public String text() {
            return String.valueOf(getMessage());
        }
    }
}
