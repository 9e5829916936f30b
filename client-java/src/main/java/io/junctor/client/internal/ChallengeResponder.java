package io.junctor.client.internal;

import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.Welcome;
import org.jspecify.annotations.Nullable;

/** Answers the router's {@code CHALLENGE} for one join. Used by one thread at a time. */
public interface ChallengeResponder {
    /** A responder that answers no challenge and demands no proof from the router. */
    ChallengeResponder NONE = new ChallengeResponder() {
        @Override
        public Authenticate answer(Challenge challenge) {
            throw new CannotAnswerException("no answer to authentication method '" + challenge.method() + "'");
        }
    };

    /**
     * Returns the answer to a challenge. Called on a separate thread, so it may block.
     *
     * @throws CannotAnswerException if the challenge cannot be answered
     */
    Authenticate answer(Challenge challenge);

    /** Checks the router's proof of its identity. Returns the problem, or null if the proof is valid. */
    default @Nullable String problem(Welcome welcome) {
        return null;
    }

    /** Reports that a challenge cannot be answered. The text is sent to the router. */
    final class CannotAnswerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Creates an exception; {@code text} must contain no secret. */
        public CannotAnswerException(String text) {
            super(text);
        }

        /** Returns the text for the router. */
        public String text() {
            return String.valueOf(getMessage());
        }
    }
}
