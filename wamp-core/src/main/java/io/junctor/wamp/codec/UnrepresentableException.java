package io.junctor.wamp.codec;

/**
 * Reports a value that a serialization cannot express, such as NaN in JSON. The text names the argument, the kind of value and the
 * serialization, but never the value. The exception has no stack trace.
 */
public final class UnrepresentableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates a report; {@code message} names the kind of value and the serialization, but not the value. */
    public UnrepresentableException(String message) {
        super(message, null, false, false);
    }

    /** Returns this report with the argument that contains the value. */
    UnrepresentableException in(String argument) {
        return new UnrepresentableException(argument + ": " + getMessage());
    }
}
