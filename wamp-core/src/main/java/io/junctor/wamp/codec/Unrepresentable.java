package io.junctor.wamp.codec;

/** A value has no form in the serialization asked for, such as NaN in JSON. Carries no stack trace. */
public final class Unrepresentable extends Exception {
    private static final long serialVersionUID = 1L;

    /** {@code message} names the kind of value and the serialization, never the value itself. */
    public Unrepresentable(String message) {
        super(message, null, false, false);
    }
}
