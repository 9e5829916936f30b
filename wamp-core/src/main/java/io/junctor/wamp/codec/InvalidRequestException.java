package io.junctor.wamp.codec;

import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.WampError;

/**
 * Reports a client's message whose envelope is well-formed, but whose arguments are invalid or whose options have an
 * unknown value. The router answers with an error; the session continues.
 */
public final class InvalidRequestException extends ProtocolViolationException {
    private static final long serialVersionUID = 1L;

    private final transient FromClient message;
    private final WampError error;
    private final String logText;

    InvalidRequestException(FromClient message, WampError error, String argument, String problem) {
        super(argument + problem);
        this.message = message;
        this.error = error;
        this.logText = problem;
    }

    /** The message without its arguments. It has default options if an option is invalid. */
    public FromClient message() {
        return message;
    }

    /** The error that answers the request. */
    public WampError error() {
        return error;
    }

    /** The text for a log: {@link #problem()} without names that the client chose. */
    public String logText() {
        return logText;
    }
}
