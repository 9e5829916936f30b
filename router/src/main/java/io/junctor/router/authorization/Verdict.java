package io.junctor.router.authorization;

import io.junctor.router.reply.Refusal;
import io.junctor.router.spi.Disclose;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.WampError;
import org.jspecify.annotations.Nullable;

/** The result of an authorization check: the request is allowed, refused, or left to an authorizer. */
public sealed interface Verdict permits Verdict.Decision, Verdict.Undecided {

    /** A verdict that is final. */
    sealed interface Decision extends Verdict permits Allowed, Refused {
        /** The reason for the refusal, or null if the request is allowed. */
        @Nullable
        Refusal refusal();

        @Override
        Decision disclosing(boolean asked);
    }

    /**
     * The request is allowed.
     *
     * @param disclosure how a publication or call is passed on
     * @param arguments the decoded arguments of a call to a procedure of the router; null for any other message
     */
    record Allowed(SenderDisclosure disclosure, @Nullable Arguments arguments) implements Decision {
        /** Allows with the default disclosure of the sender. */
        public static final Allowed PLAIN = new Allowed(SenderDisclosure.PLAIN, null);

        @Override
        public @Nullable Refusal refusal() {
            return null;
        }

        @Override
        public Decision disclosing(boolean asked) {
            return asked && disclosure.disclose() == Disclose.NEVER ? Refused.NOT_DISCLOSED : this;
        }

        /** Adds the decoded arguments of a call to a procedure of the router. */
        Allowed with(Arguments decoded) {
            return new Allowed(disclosure, decoded);
        }
    }

    /**
     * The request is refused.
     *
     * @param refusal the ERROR that the session gets
     */
    record Refused(Refusal refusal) implements Decision {
        private static final Refused NOT_DISCLOSED = new Refused(Refusal.of(
                WampError.DISCLOSE_ME_DISALLOWED,
                "disclose_me is not allowed: the rules or features of this realm do not disclose senders"));

        @Override
        public Decision disclosing(boolean asked) {
            return this;
        }

        /** True if a rule or an authorizer denied it. */
        boolean isDenied() {
            return refusal.error() == WampError.NOT_AUTHORIZED;
        }
    }

    /**
     * The rules leave the decision to the authorizer.
     *
     * @param query the request about which the authorizer has to decide
     */
    record Undecided(PermissionQuery query) implements Verdict {
        @Override
        public Verdict disclosing(boolean asked) {
            return this;
        }
    }

    /** Refuses a request with {@code disclose_me} if the rules forbid the disclosure of the sender; otherwise returns this verdict. */
    Verdict disclosing(boolean asked);
}
