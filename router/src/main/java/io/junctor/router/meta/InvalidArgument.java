package io.junctor.router.meta;

import io.junctor.router.reply.Refusal;
import io.junctor.wamp.value.WampError;

/** An argument of a call to a procedure of the router is not what it has to be; the caller is told so. */
public final class InvalidArgument extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** An error {@code wamp.error.invalid_argument} that says which argument must be what. */
    public InvalidArgument(String problem) {
        this(Refusal.of(WampError.INVALID_ARGUMENT, problem));
    }

    /** An error of the caller's choice. */
    InvalidArgument(Refusal refusal) {
        super(refusal.text(), null, false, false);
        this.refusal = refusal;
    }

    /** What the caller is answered. */
    Refusal refusal() {
        return refusal;
    }
}
