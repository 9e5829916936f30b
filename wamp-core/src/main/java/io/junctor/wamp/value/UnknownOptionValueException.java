package io.junctor.wamp.value;

/**
 * Reports an option whose value has the right type but is not a known value, such as {@code match: "regex"}. It fails
 * the request. In a message that is not a request it is handled like any other violation.
 */
public final class UnknownOptionValueException extends ProtocolViolationException {
    private static final long serialVersionUID = 1L;

    UnknownOptionValueException(String key) {
        super("'" + key + "' has an unknown value");
    }
}
