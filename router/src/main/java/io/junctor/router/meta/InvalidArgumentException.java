package io.junctor.router.meta;

import io.junctor.router.reply.Refusal;
import io.junctor.wamp.value.WampError;

/** Thrown when an argument of a call to a procedure of the router is invalid; the caller receives the error. */
public final class InvalidArgumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** Creates an error {@code wamp.error.invalid_argument} whose text names the argument and the expected value. */
    public InvalidArgumentException(String problem) {
        this(Refusal.of(WampError.INVALID_ARGUMENT, problem));
    }

    /** Creates an exception with another error. */
    InvalidArgumentException(Refusal refusal) {
        super(refusal.text(), null, false, false);
        this.refusal = refusal;
    }

    /** The error for the caller. */
    Refusal refusal() {
        return refusal;
    }
}
