package io.junctor.router.authorization;

import io.junctor.router.reply.Refusal;
import io.junctor.router.spi.Disclose;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.WampError;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Whether a session may do what it asks for.
 *
 * @param refusal why not, or null if it may
 * @param grant what holds if it may
 * @param arguments the arguments of a call to a procedure of the router; none for anything else
 */
public record Verdict(@Nullable Refusal refusal, Grant grant, Arguments arguments) {
    private static final Refusal NOT_DISCLOSED =
            Refusal.of(WampError.DISCLOSE_ME_DISALLOWED, "disclose_me is not allowed here: senders are not named");

    /** It may, and nothing particular holds. */
    public static final Verdict ALLOWED = new Verdict(null, Grant.PLAIN, Arguments.NONE);

    /** It may not. */
    public static Verdict refused(Refusal refusal) {
        return new Verdict(refusal, Grant.PLAIN, Arguments.NONE);
    }

    /** This, unless the session asked to be named where senders never are. */
    public Verdict disclosing(boolean asked) {
        boolean never = grant.disclose() == Disclose.NEVER;
        return asked && never && refusal == null ? refused(NOT_DISCLOSED) : this;
    }

    /** This, for a call to a procedure of the router. */
    public Verdict with(Arguments decoded) {
        return new Verdict(refusal, grant, decoded);
    }
}
