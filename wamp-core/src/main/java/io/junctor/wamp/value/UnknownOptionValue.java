package io.junctor.wamp.value;

/**
 * Immutable. An option has a value of the right type that is none of its values, such as {@code match: "regex"}. It fails the request that
 * it stands in; where there is no request to fail, it is a violation like others.
 */
public final class UnknownOptionValue extends ProtocolViolation {
    private static final long serialVersionUID = 1L;

    UnknownOptionValue(String key) {
        super("'" + key + "' has an unknown value");
    }
}
