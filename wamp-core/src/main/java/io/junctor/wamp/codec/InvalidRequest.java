package io.junctor.wamp.codec;

import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.WampError;

/**
 * A message of a client whose envelope is well-formed, but whose arguments cannot be read or whose options hold a
 * value that is not known. It costs the client this request, and not the session.
 */
public final class InvalidRequest extends ProtocolViolation {
    private static final long serialVersionUID = 1L;

    private final transient FromClient message;
    private final WampError error;
    private final String fault;

    InvalidRequest(FromClient message, WampError error, String place, String fault) {
        super(place + fault);
        this.message = message;
        this.error = error;
        this.fault = fault;
    }

    /** The message without its arguments and, where they have the fault, with default options. */
    public FromClient message() {
        return message;
    }

    /** What the request is answered with. */
    public WampError error() {
        return error;
    }

    /** What is wrong and at which byte, for a log: {@link #problem()} without names that the client chose. */
    public String fault() {
        return fault;
    }
}
